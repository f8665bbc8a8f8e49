/** Every cell of a drop is a word of its own; then everything that a program says and keeps is searched for them. */
import { once } from 'node:events';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLogger } from '../../src/log/logger.ts';
import {
  CONNECTION,
  CONTACTS_MAPPING,
  makeProject,
  type Project,
  STUDENTS_MAPPING,
} from '../builders/project.ts';
import { type Ended, rosterferry, startRosterferry } from '../cli/rosterferry.ts';
import { waitForLine } from '../cli/wait-for-line.ts';
import { closedPort } from '../doubles/closed-port.ts';
import { openSmtpServer } from '../doubles/smtp-server.ts';
import { openWebhookServer } from '../doubles/webhook-server.ts';
import { filesBeneath, openCanaries } from './canaries.ts';

const canaries = openCanaries();
const { word, phone, born } = canaries;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Phone,Zip,Code,Flag,Count,Key';

const MAPPING = `${STUDENTS_MAPPING}
  phone: { type: transformation, column: Phone, apply: [ phone ] }
  zip: { column: Zip, max_length: 12, pattern: '[A-Za-z0-9]*', unique: true }
  code: { type: transformation, column: Code, apply: [ { lookup: { file: codes.csv, key: Key, value: Value } } ] }
  flag: { type: transformation, column: Flag, apply: [ { boolean: { true: [Y], false: [N] } } ] }
  count: { type: transformation, column: Count, apply: [ { number: { decimals: 1 } } ] }
  pseudonym: { type: transformation, column: Key, apply: [ { hash: { secret: "env:HASH_SECRET" } } ] }
  both: { type: transformation, apply: [ { template: "{Last}, {First}" }, { substitute: { find: "k", with: "kk", regex: true } } ] }
`;

type Row = Partial<
  Record<'id' | 'born' | 'gender' | 'status' | 'phone' | 'zip' | 'code' | 'flag' | 'count', string>
>;

/** A good row, but for what is given. The code of a school is no value of a student: safeguards name it. */
function student(own: Row = {}): string {
  const row = { id: word(), born: born(), gender: 'F', status: 'A', phone: phone(), zip: word(), ...own };
  const { code = '7', flag = 'Y', count = '1.5' } = own;
  return `${row.id},${word()},${word()},${row.born},${row.gender},${row.status},10,${word()},${row.phone},${row.zip},${code},${flag},${count},${word()}`;
}

const known = Array.from({ length: 4 }, word);
const [held = '', cancelled = '', twice = '', same = ''] = known;
const repeated = student({ id: same });
const sameZip = word();

const BROKEN = [
  ...[
    { born: word() },
    { gender: word() },
    { status: word() },
    { phone: word() },
    { zip: `${word()}${word()}` },
  ],
  ...[
    { zip: `${word()} -` },
    { zip: sameZip },
    { zip: sameZip },
    { code: word() },
    { flag: word() },
    { count: word() },
  ],
  ...[
    { id: '' },
    { id: twice },
    { id: twice },
    { status: 'I', born: '2/29/2013' },
    { status: 'G', born: '5/1/1990' },
  ],
].map((own) => student(own));

const STUDENTS = [HEADER, ...known.slice(0, 2).map((id) => student({ id })), ...BROKEN, repeated, repeated];
const ODD = [`${word()},${word()}`, student().replace('k,', 'k\u0000,'), `${student()},${word()}`];
const CONTACTS = [
  'ID,Name',
  `${held},${word()}`,
  `${word()},${word()}`,
  `${same}, `,
  `${held},${word()},${word()}`,
];

const LIMITS =
  'max_rejected: 100%, max_removed: 100%, max_updated: 100%, max_created: 9000%, max_size_change: 10000%, review: on_breach';

/** What is wrong with a file as a whole. */
const RUINED: readonly [code: string, content: string][] = [
  ['unclosed_quote', `${HEADER}\n${student()}\n${word()},"${word()}\n${student()}`],
  ['malformed_quote', `${HEADER}\n${word()},"${word()}"${word()},x\n`],
  ['malformed_quote', `${HEADER}\n${word()},${word()}"${word()},x\n`],
  ['record_too_long', `${HEADER}\n${word()},${word().repeat(150_000)}`],
  ['truncated_file', `${HEADER}\n${student()}\n${word()},${word()}`],
  ['missing_column', `1007,${word()},${word()},5/1/2015\n`],
  ['missing_column', `${`${word()},`.repeat(2)}${`Lee${word()},`.repeat(2)}F\n`],
];

/** Beside the bytes that came and went: where a person looks at records, and what remembers them. */
const BELONGS =
  /(^|\/)(inbound|outbound|answer)\/|(exceptions|changes)\.csv$|report\.html$|(memory|review|removed)\.ndjson$|ledger\.sqlite(-wal)?$|\.open\/[^/]*\/work\//;
/** What people decided about records stands in the report of the run, and in the state of one that still waits. */
const DECISIONS = /report\.json$|state\.json$/;
const SECRETS = {
  HASH_SECRET: 'Sesame0001hash',
  HOOK_SECRET: 'Sesame0002sign',
  PASSWORD: 'Sesame0003pass',
  MAIL: 'Sesame0004mail',
};

describe('a value of a student, and a secret', () => {
  let project: Project;
  let yaml: string;
  let smtp: Awaited<ReturnType<typeof openSmtpServer>>;
  let webhook: Awaited<ReturnType<typeof openWebhookServer>>;
  const said: { typed: string; showsValues: boolean; ended: Ended }[] = [];
  let metrics = '';
  const env = { ...SECRETS, HOOK: '' };

  async function type(exit: number | 'any', typed: string, showsValues = false): Promise<string> {
    const ended = await rosterferry(['--verbose', ...typed.split(' ')], { cwd: project.folder, env });
    said.push({ typed, showsValues, ended });
    if (exit !== 'any') expect(ended.exit, `${typed}: ${ended.stderr}`).to.equal(exit);
    return ended.stdout;
  }
  const configure = async (from: string, to: string) => {
    const text = await readFile(yaml, 'utf8');
    expect(text).to.include(from);
    await writeFile(yaml, text.replace(from, to));
  };
  const drop = (rows: readonly string[]) => project.drop({ 'students.csv': `${rows.join('\n')}\n` });
  const lastRun = async () => JSON.parse(await type(0, '--json runs')).runs[0].id;

  /** A fault of ours, in the middle of the rows, that says what it was at work on. */
  async function expectDefect(): Promise<void> {
    const progress = () => {
      throw new SyntaxError(`Cannot convert ${word()} to a BigInt`);
    };
    const lines: string[] = [];
    const logger = openLogger('debug', { write: (line) => lines.push(line) });
    const { report } = await project.carry({}, { progress, logger, env });
    expect(report.error).to.include({ code: 'defect' });
    said.push({
      typed: 'a defect',
      showsValues: false,
      ended: { exit: 1, stdout: JSON.stringify(report), stderr: lines.join('') },
    });
  }

  before(async function () {
    this.timeout(30_000);
    smtp = await openSmtpServer({ login: { username: 'ferry', password: SECRETS.MAIL } });
    webhook = await openWebhookServer();
    env.HOOK = webhook.url;
    const notify =
      'notify: { on: [held, failed], email: [kim@district.example], webhook: env:HOOK, secret: env:HOOK_SECRET }';
    const mail = `mail: { host: 127.0.0.1, port: ${smtp.port}, username: ferry, password: env:MAIL, tls: when_offered }`;
    project = await makeProject({
      service: `${mail}\nconsole: { listen: "127.0.0.1:${await closedPort()}" }\narchive: { path: archive, retain: { files: 400d } }\n`,
      connection: `${notify}\n${CONNECTION.replace('max_rejected: 100%', LIMITS)}`,
      mappings: {
        'students.yaml': MAPPING,
        'contacts.yaml': CONTACTS_MAPPING,
        'codes.csv': `Key,Value\n7,${word()}\n`,
      },
    });
    yaml = join(project.folder, 'rosterferry.yaml');
  });
  after(async () => {
    await project.remove();
    await Promise.all([smtp.close(), webhook.close()]);
  });

  it('goes through every command, every kind of broken row and every end of a run', async function () {
    this.timeout(60_000);
    await drop([...STUDENTS, ...ODD]);
    await project.drop({ 'contacts.csv': `${CONTACTS.join('\n')}\n` });
    for (const [typed, showsValues] of [
      ['check', false],
      ['inspect inbound/students.csv', true],
      ['preview north --sample 50', true],
      ['run north --dry-run', false],
      ['--json run north', false],
      ['status', false],
      [`history ${held}`, true],
      [`why ${twice}`, true],
      [`disclosures ${held}`, true],
    ] as const)
      await type(0, typed, showsValues);
    const first = await lastRun();
    await type(0, `show ${first}`);

    await drop([HEADER, student({ id: held, status: 'I' }), student()]);
    await type(0, 'run north');
    await configure('review: on_breach', 'review: always');
    await drop([HEADER, student({ id: held }), student()]);
    await type(4, 'run north');
    const waiting = await lastRun();
    await type(0, `review ${waiting}`, true);
    await type(0, `review ${waiting} --export sheet.csv`);
    await writeFile(
      join(project.folder, 'sheet.csv'),
      corrected(await project.read(join(project.folder, 'sheet.csv'))),
    );
    await type(0, `review ${waiting} --import sheet.csv --reason typo`);
    await type(0, `show ${waiting}`, true);
    await type(0, `approve ${waiting}`, true);
    await drop([HEADER, student({ id: cancelled })]);
    await type(4, 'run north');
    await type(4, 'run north');
    await type(0, `cancel ${await lastRun()} --reason no`);
    await configure('review: always', 'review: on_breach');

    for (const [code, content] of RUINED) {
      await project.drop({ 'students.csv': content });
      await type(3, 'run north');
      expect(said.at(-1)?.ended.stderr).to.include(`error[${code}]`);
      await writeFile(join(project.folder, 'ruined.csv'), content);
      await type('any', 'inspect ruined.csv', true);
    }
    await type(0, `replay ${first}`, true);
    await type(0, 'verify');
  });

  it('goes through a destination that fails, a defect, a host that refuses, and the service itself', async function () {
    this.timeout(60_000);
    await drop([HEADER, ...Array.from({ length: 3 }, () => student())]);
    await rename(project.outbound, `${project.outbound}.away`);
    await type(3, 'run north');
    await rename(`${project.outbound}.away`, project.outbound);

    const port = await closedPort();
    const local = 'destination: { type: local, path: outbound }';
    const sftp = `destination: { type: sftp, host: 127.0.0.1, port: ${port}, username: u, password: env:PASSWORD, host_key: "SHA256:${'A'.repeat(43)}", path: /x }`;
    await configure(local, sftp);
    await drop([HEADER, student()]);
    await type(6, 'run north');
    await type(6, 'check');
    await configure(sftp, local);

    const service = await startRosterferry(['--verbose', 'start'], { cwd: project.folder, env });
    await drop([HEADER, student(), `${word()},"${word()}`]);
    await waitForLine(service.child, 'run failed');
    for (let look = 0; look < 100 && (smtp.mails.length < 1 || webhook.calls.length < 1); look++)
      await new Promise((resolve) => setTimeout(resolve, 50));
    const [, listen] = /listen: "([^"]+)"/.exec(await readFile(yaml, 'utf8')) ?? [];
    metrics = await (await fetch(`http://${listen}/metrics`)).text();
    const argv = await readFile(`/proc/${service.child.pid}/cmdline`, 'latin1').catch(() => '');
    service.child.kill('SIGTERM');
    await once(service.child, 'close').catch(() => undefined);
    said.push({ typed: `start ${argv}`, showsValues: false, ended: await service.ended });
    await type(0, 'purge --dry-run');
    await type(0, 'rebuild');
    await type(0, 'verify');

    const waivers = 'always_include: { file: waivers.csv, id: ID, reason: Reason, until: Until }';
    const rows = [`${word()},${word()},${word()}`, `,${word()},`];
    await writeFile(join(project.folder, 'waivers.csv'), ['ID,Reason,Until', ...rows].join('\n'));
    await configure('  statuses:', `  ${waivers}\n      statuses:`);
    await drop([HEADER, student()]);
    await type(2, 'run north');
    await configure(`${waivers}\n      `, '');
    await drop([HEADER, student()]);
    await expectDefect();
    await type(0, `show ${await lastRun()}`);
  });

  it('is on no error stream, in no log line, and on no screen that shows no values', () => {
    for (const { typed, showsValues, ended } of said) {
      expect(canaries.within(ended.stderr), `stderr of ${typed}`).to.deep.equal([]);
      if (!showsValues) expect(canaries.within(ended.stdout), `stdout of ${typed}`).to.deep.equal([]);
    }
    expect(
      said.filter(({ showsValues, ended }) => showsValues && canaries.within(ended.stdout).length > 0).length,
    ).to.be.above(4);
  });

  it('is in no metric, no call of a webhook and no e-mail', () => {
    expect(metrics).to.include('rosterferry_runs_total');
    expect(webhook.calls.length).to.be.above(0);
    expect(smtp.mails.length).to.be.above(0);
    const told = [
      metrics,
      ...webhook.calls.map(({ body, headers }) => body + JSON.stringify(headers)),
      ...smtp.mails.map(({ text }) => text),
    ];
    for (const one of told) expect(canaries.within(one)).to.deep.equal([]);
  });

  it('is in no file but those of its own, and in no name of one', () => {
    const files = filesBeneath(join(project.folder, 'archive'));
    const found = [...files].filter(
      ([path, bytes]) => !BELONGS.test(path) && canaries.within(bytes).length > 0,
    );
    for (const [path, bytes] of found) {
      expect(path).to.match(DECISIONS);
      const { decisions: _, ...rest } = JSON.parse(bytes).report ?? JSON.parse(bytes);
      expect(canaries.within(JSON.stringify(rest)), path).to.deep.equal([]);
    }
    for (const path of files.keys()) expect(canaries.within(path)).to.deep.equal([]);
    expect([...files.keys()].filter((path) => path.endsWith('exceptions.csv')).length).to.be.above(5);
  });

  it('leaves no secret anywhere: not on a screen, in a log, in a message, in the archive or in the ledger', () => {
    const secrets = [...Object.values(SECRETS), 'SECRET-TOKEN'];
    const texts: [string, string][] = [
      ...said.map(({ typed, ended }): [string, string] => [typed, ended.stdout + ended.stderr]),
      ...filesBeneath(join(project.folder, 'archive')),
      ...filesBeneath(project.outbound),
      ['metrics', metrics],
      ...webhook.calls.map(({ body, headers }): [string, string] => [
        'webhook',
        body + JSON.stringify(headers),
      ]),
      ...smtp.mails.map(({ text }): [string, string] => ['mail', text]),
    ];
    for (const [where, text] of texts)
      for (const secret of secrets) expect(text.includes(secret), `${secret} in ${where}`).to.equal(false);
  });
});

/** The sheet with another first name for the student who is active again. */
function corrected(sheet: string): string {
  const [header = '', ...rows] = sheet.split('\r\n');
  const at = header.split(',').indexOf('first_name');
  return [
    header,
    ...rows.map((row) => {
      const cells = row.split(',');
      return cells.includes('reactivated') ? cells.with(0, 'approve').with(at, word()).join(',') : row;
    }),
  ].join('\r\n');
}
