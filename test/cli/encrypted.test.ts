import { execFileSync } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import { readAgeRecipients } from '../../src/encryption/read-recipients.ts';
import { type AgePair, makeAgePair } from '../builders/keys.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { hasProgram } from '../doubles/stock-programs.ts';
import { rosterferry } from './rosterferry.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,School,Grade,Status\n004711,Cruz,Maria,3/9/2015,F,410,6,A\n';

describe('encryption on the command line', () => {
  let pair: AgePair;
  let project: Project;
  let cwd: string;
  beforeEach(async () => {
    pair = await makeAgePair();
    const encrypt = `encrypt: { age: [${pair.recipient}] }, decrypt: { age: file:key.txt }`;
    project = await makeProject({
      service: `archive: { path: archive, ${encrypt} }\n`,
      connection: CONNECTION.replace('path: inbound', 'path: inbound, decrypt: { age: file:key.txt }'),
    });
    cwd = project.folder;
    await writeFile(join(cwd, 'key.txt'), `${pair.identity}\n`, { mode: 0o600 });
    await writeFile(join(cwd, 'plain.csv'), STUDENTS);
    await encryptFile(
      join(cwd, 'plain.csv'),
      join(project.inbound, 'students.csv.age'),
      readAgeRecipients([pair.recipient]),
    );
  });
  afterEach(() => project.remove());

  it('inspects an encrypted file with the keys of a connection, and says that it needs them', async () => {
    const file = 'inbound/students.csv.age';
    const blind = await rosterferry(['inspect', file], { cwd });
    expect([blind.exit, blind.stdout]).to.deep.equal([3, '']);
    expect(blind.stderr)
      .to.match(/^error\[decryption_key_missing\]: .*encrypted with age/)
      .and.to.include('--decrypt-for');
    const { exit, stdout, stderr } = await rosterferry(['inspect', file, '--decrypt-for', 'north'], { cwd });
    expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
    expect(stdout).to.match(/^rows +1$/m);
  });

  it('runs, shows and verifies without the identity of the archive, and asks for it to rebuild', async () => {
    const run = await rosterferry(['--json', 'run', 'north', '--as-of', '2026-11-22'], { cwd });
    expect([run.exit, run.stderr]).to.deep.equal([0, '']);
    const { id } = JSON.parse(run.stdout).run;
    const config = join(cwd, 'rosterferry.yaml');
    await writeFile(
      config,
      (await readFile(config, 'utf8')).replace(', decrypt: { age: file:key.txt } }', ' }'),
    );
    for (const command of [['verify'], ['show', id], ['runs'], ['history', '004711']]) {
      const { exit, stderr } = await rosterferry(command, { cwd });
      expect([exit, stderr], command[0]).to.deep.equal([0, '']);
    }
    for (const command of [['rebuild'], ['replay', id]]) {
      const { exit, stderr } = await rosterferry(command, { cwd });
      expect([exit, /^error\[(\w+)\]/.exec(stderr)?.[1]], command[0]).to.deep.equal([
        2,
        'archive_key_missing',
      ]);
    }
    expect((await rosterferry(['history', '004711'], { cwd })).stdout).to.include(id);
  });

  it('reads a run as docs/encryption.md says, with stock programs alone', async function () {
    if (!hasProgram('age')) return this.skip();
    const run = await rosterferry(['--json', 'run', 'north', '--as-of', '2026-11-22'], { cwd });
    const { id } = JSON.parse(run.stdout).run;
    const folder = join(cwd, 'archive/north/2026/11', id);
    const page = await readFile(new URL('../../docs/encryption.md', import.meta.url), 'utf8');
    const [, commands = ''] = /```\ncd RUN\n([^`]+)```/.exec(page) ?? [];
    const script = commands.replace('../auditor.txt', join(cwd, 'key.txt'));
    const answer = execFileSync('sh', ['-ec', script], { cwd: folder, encoding: 'utf8' });
    expect(answer)
      .to.match(/^outbound\/students_2026-11-22\.csv: OK$/m)
      .and.not.to.include('FAILED');
    expect(answer).to.match(/^inbound\/students\.csv\.age: OK$/m);
  });

  it('refuses a recipient that was mistyped, and a secret in its place', async () => {
    const config = join(cwd, 'rosterferry.yaml');
    const text = await readFile(config, 'utf8');
    const wrong = pair.recipient.replace(/.$/, (last) => (last === 'q' ? 'p' : 'q'));
    for (const [value, message] of [
      [wrong, /mistyped/],
      [pair.identity, /secret key/],
    ] as const) {
      await writeFile(config, text.replace(pair.recipient, value));
      const { exit, stderr } = await rosterferry(['check'], { cwd });
      expect(exit).to.equal(2);
      expect(stderr)
        .to.match(message)
        .and.to.match(/rosterferry\.yaml:3:/)
        .and.not.to.include(pair.identity);
    }
    await rm(config);
  });
});
