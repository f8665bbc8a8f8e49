/** What drives a screen, in everything that comes from outside: rows, headers, names of files, settings, words of people. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';
import { type Ended, rosterferry } from '../cli/rosterferry.ts';
import { startSsh2Server } from '../doubles/ssh2-server.ts';

/** A link that is another, a cleared screen in one and in two characters, a question whose answer is typed, text turned round. */
const HOSTILE = '\u001b]8;;http://x\u001b\\a\u001b[2J\u009b2J\u001b[6n\u202eb\u2066\u0085c\u007f\u2028';
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const DRIVES = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/;

const quoted = JSON.stringify(HOSTILE)
  .replaceAll('\u007f', '\\u007f')
  .replaceAll('\u009b', '\\u009b')
  .replaceAll('\u0085', '\\u0085');
const HEADER = `ID,Last,First,DOB,Gender,Status,School,Grade,"${HOSTILE}",x${HOSTILE}\n`;
const row = (id: string, own: { gender?: string; status?: string } = {}) =>
  `${id},"${HOSTILE}",Ann,5/1/2015,${own.gender ?? 'F'},${own.status ?? 'A'},10,5,,\n`;
const FIRST =
  HEADER +
  row('1') +
  row(`2${HOSTILE}`) +
  row('3', { gender: `"${HOSTILE}"` }) +
  row('4', { status: `"${HOSTILE}"` });

describe('on a screen and in the log', () => {
  let project: Project;
  const said: { typed: readonly string[]; ended: Ended }[] = [];
  const type = async (...typed: string[]): Promise<Ended> => {
    const ended = await rosterferry(typed, {
      cwd: project.folder,
      env: { [`A${HOSTILE}`]: HOSTILE, HOOK: HOSTILE },
    });
    said.push({ typed, ended });
    return ended;
  };

  before(async () => {
    project = await makeProject({
      connection: `title: ${quoted}\nnotify: { on: [held], webhook: env:HOOK }\n${CONNECTION.replace('max_rejected: 100%', 'max_rejected: 100%, review: always')}`,
      mappings: {
        'students.yaml': `title: ${quoted}${STUDENTS_MAPPING}  extra: { type: direct, column: ${quoted} }\n  ${quoted}: Last\n`,
      },
    });
  });
  after(() => project.remove());

  it('nothing that comes with a drop drives it', async () => {
    await project.drop({
      'students.csv': FIRST,
      'students\u202e.csv': FIRST,
      'students\u001b[2J.csv': FIRST,
    });
    await type('--verbose', 'check');
    for (const more of [[], ['--draft-mapping', 'schoolmint-enroll/students'], ['--codes', 'Gender']])
      await type('--json', 'inspect', 'inbound/students.csv', ...more);
    await type('inspect', 'inbound/students.csv');
    await type('preview', 'north');
    const run = await type('--verbose', 'run', 'north');
    expect(run.exit, run.stderr).to.equal(4);
    const { id } = JSON.parse((await type('--json', 'runs')).stdout).runs[0];
    for (const typed of [
      ['show', id],
      ['review', id],
      ['status'],
      ['approve', id, '--reason', HOSTILE],
      ['show', id],
    ]) {
      expect((await type(...typed)).exit, typed.join(' ')).to.equal(0);
      await type('--json', ...typed);
    }
    for (const typed of [
      ['history', `2${HOSTILE}`],
      ['why', `2${HOSTILE}`],
      ['disclosures', `2${HOSTILE}`],
      ['replay', id],
    ]) {
      expect((await type(...typed)).exit).to.equal(0);
      await type('--json', ...typed);
    }
  });

  it('nothing that somebody typed or configured drives it', async () => {
    const bad = join(project.folder, 'bad.yaml');
    for (const text of [
      `${quoted}: 1`,
      `version: ${quoted}`,
      `version: 1\nconnections: { ${quoted}: {} }`,
      `version: 1\ninclude: [${quoted}]`,
      `a: *${'b'}\n${HOSTILE}`,
    ]) {
      await writeFile(bad, text);
      expect((await type('--config', 'bad.yaml', '--verbose', 'check')).exit, text).to.equal(2);
    }
    for (const typed of [
      ['run', HOSTILE],
      ['show', HOSTILE],
      ['--config', HOSTILE, 'check'],
      [HOSTILE],
      ['trust', HOSTILE],
      ['run', 'north', '--file', `students=${HOSTILE}`],
      ['run', 'north', `--${HOSTILE}`],
      ['inspect', HOSTILE],
    ])
      expect((await type(...typed)).exit, typed.join(' ')).to.be.above(0);
  });

  it('nothing that a host says drives it', async () => {
    const server = await startSsh2Server({ ident: `evil\u001b[2J\u009b2J\u202e` });
    try {
      const sftp = `{ type: sftp, host: 127.0.0.1, port: ${server.access.port}, username: ferry, password: env:P, host_key: "${server.hostKeys.ed25519}", path: ${server.folder}, timeout: 2s }`;
      await writeFile(
        join(project.folder, 'sftp.yaml'),
        (await project.read(join(project.folder, 'rosterferry.yaml'))).replace(
          '{ type: local, path: outbound }',
          sftp,
        ),
      );
      await type('--verbose', '--config', 'sftp.yaml', 'check');
      await type('trust', `127.0.0.1:${server.access.port}`);
    } finally {
      await server.stop();
    }
  });

  it('it is written out in what was said of all that, in words and as documents', () => {
    expect(said.length).to.be.above(30);
    for (const { typed, ended } of said) {
      expect(JSON.stringify(DRIVES.exec(ended.stderr)), `stderr of ${typed}`).to.equal('null');
      expect(JSON.stringify(DRIVES.exec(ended.stdout)), `stdout of ${typed}`).to.equal('null');
    }
    expect(said.some(({ ended }) => ended.stdout.includes('[U+001B]'))).to.equal(true);
  });
});
