/** No value of a student may reach a log, an error or a terminal: every field holds a word that is then looked for everywhere. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONTACTS_MAPPING, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';
import { rosterferry, startRosterferry } from './rosterferry.ts';
import { waitForLine } from './wait-for-line.ts';

const CANARY = 'ZZCANARY';
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Phone,Zip\n';
const GOOD = `${CANARY}1,${CANARY},${CANARY},5/1/2015,F,A,${CANARY},${CANARY},,${CANARY}\n`;

const MAPPING = `${STUDENTS_MAPPING}
  phone: { type: transformation, column: Phone, apply: [ phone ] }
  zip: { column: Zip, max_length: 20, pattern: '[A-Z0-9]*', unique: true }
`;

/** One row for each way in which a row can be wrong; each has the word in the field that is wrong too. */
const ROWS = [
  HEADER,
  GOOD,
  `${CANARY}2,${CANARY},a,${CANARY},F,A,s,1,,\n`,
  `${CANARY}3,${CANARY},a,5/1/2015,${CANARY},A,s,1,,\n`,
  `${CANARY}4,${CANARY},a,5/1/2015,F,${CANARY},s,1,,\n`,
  `${CANARY}5,${CANARY},a,5/1/2015,F,A,s,1,${CANARY},\n`,
  `${CANARY}6,${CANARY},a,5/1/2015,F,A,s,1,,${CANARY}${CANARY}${CANARY}\n`,
  `${CANARY}7,${CANARY},a,5/1/2015,F,A,s,1,,${CANARY} ${CANARY}\n`,
  `${CANARY}8,${CANARY}\n`,
  `${CANARY}9,${CANARY},a,${CANARY},F,I,s,1,,\n`,
  `${CANARY}10,${CANARY},a,5/1/1990,F,I,s,1,,\n`,
  `${CANARY}11,${CANARY},a,5/1/2015,F,A,s,1,,${CANARY}\n`,
  `${CANARY}12,${CANARY},a,5/1/2015,F,A,s,1,,\n`,
  `${CANARY}12,${CANARY},b,5/1/2015,F,A,s,1,,\n`,
  `${CANARY}13,${CANARY},a,5/1/2015,F,A,s,1,,\n`,
  `${CANARY}13,${CANARY},a,5/1/2015,F,A,s,1,,\n`,
  `${CANARY}14,${CANARY}\u0000,a,5/1/2015,F,A,s,1,,\n`,
  `,${CANARY},a,5/1/2015,F,A,s,1,,\n`,
].join('');
const CONTACTS = `ID,Name\n${CANARY}1,${CANARY}\n${CANARY}10,${CANARY}\n${CANARY}99,${CANARY}\n${CANARY}2, \n`;

/** What is wrong with a whole file. */
const BROKEN: readonly [what: string, code: string, content: string][] = [
  ['an unclosed quote', 'unclosed_quote', `${HEADER}${GOOD}${CANARY},"${CANARY}\n${GOOD}`],
  ['text after a quote', 'malformed_quote', `${HEADER}${CANARY},"${CANARY}"${CANARY},x\n`],
  ['a quote in a value', 'malformed_quote', `${HEADER}${CANARY},${CANARY}"${CANARY},x\n`],
  ['an endless row', 'record_too_long', `${HEADER}${CANARY},${CANARY.repeat(200_000)}`],
  ['a cut last row', 'truncated_file', `${HEADER}${GOOD}${CANARY},${CANARY}`],
  [
    'no header where one is expected',
    'missing_column',
    `100,${CANARY},${CANARY},5/1/2015,F,A,${CANARY},1,,\n`,
  ],
];

let project: Project;

function makeCanaryProject(): Promise<Project> {
  return makeProject({ mappings: { 'students.yaml': MAPPING, 'contacts.yaml': CONTACTS_MAPPING } });
}

async function expectNoCanary(args: readonly string[], exit: number, of = project): Promise<string> {
  const run = await rosterferry(args, { cwd: of.folder });
  expect(run.exit, run.stderr).to.equal(exit);
  expect(run.stdout, `stdout of ${args.join(' ')}`).not.to.include(CANARY);
  expect(run.stderr, `stderr of ${args.join(' ')}`).not.to.include(CANARY);
  return run.stderr;
}

describe('no value of a student', () => {
  beforeEach(async () => {
    project = await makeCanaryProject();
  });
  afterEach(() => project.remove());

  it('is in the logs of the daemon, in a report for a program or in what a command prints', async () => {
    await project.drop({ 'students.csv': ROWS, 'contacts.csv': CONTACTS });
    const { child, ended } = await startRosterferry(['--verbose', 'start'], { cwd: project.folder });
    await waitForLine(child, 'run delivered');
    await project.drop({ 'students.csv': `${HEADER}${GOOD}${CANARY},"${CANARY}\n` });
    await waitForLine(child, 'run failed');
    child.kill('SIGTERM');
    const { exit, stdout, stderr } = await ended;
    expect({ exit, stdout }).to.deep.equal({ exit: 0, stdout: '' });
    expect(stderr).to.include('A quote is opened in field 2').and.not.to.include(CANARY);

    const listed = await rosterferry(['--json', 'runs'], { cwd: project.folder });
    const [failed, run] = JSON.parse(listed.stdout).runs;
    expect(failed.outcome).to.equal('failed');
    expect(run.totals.students).to.include({
      read: 17,
      carried: 1,
      rejected: 14,
      duplicate: 1,
      ineligible: 1,
    });
    const commands = [['show', run.id], ['--json', 'show', run.id], ['runs'], ['status'], ['verify']];
    await Promise.all(commands.map((args) => expectNoCanary(args, 0)));

    const [year, month] = run.business_date.split('-');
    const sealed = join(project.folder, 'archive/north', year, month, run.id);
    expect(await readFile(join(sealed, 'report.json'), 'utf8')).not.to.include(CANARY);
    expect(await readFile(join(sealed, 'exceptions.csv'), 'utf8')).to.include(CANARY);
  });

  it(`is in the error of a file with ${BROKEN.map(([what]) => what).join(', ')}`, async () => {
    const tried = BROKEN.map(async ([, code, content]) => {
      const own = await makeCanaryProject();
      await own.drop({ 'students.csv': content });
      expect(await expectNoCanary(['--verbose', 'run', 'north'], 3, own)).to.include(`error[${code}]`);
      await own.remove();
    });
    await Promise.all(tried);
  });

  it('is in the error of a list of waivers', async () => {
    const yaml = join(project.folder, 'rosterferry.yaml');
    const list = 'always_include: { file: waivers.csv, id: ID, reason: Reason, until: Until }';
    const text = await project.read(yaml);
    await writeFile(yaml, text.replace('  statuses:', `  ${list}\n      statuses:`));
    await writeFile(
      join(project.folder, 'waivers.csv'),
      `ID,Reason,Until\n${CANARY},${CANARY},${CANARY}\n,${CANARY},\n`,
    );
    await project.drop({ 'students.csv': HEADER + GOOD });
    await expectNoCanary(['--verbose', 'run', 'north'], 2);
  });
});
