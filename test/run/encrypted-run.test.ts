import { chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { sha256Of } from '../../src/archive/manifest.ts';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import {
  type Recipients,
  readAgeRecipients,
  readPgpRecipients,
} from '../../src/encryption/read-recipients.ts';
import { previewDrop } from '../../src/run/previewing/preview-drop.ts';
import { findArchivedRun } from '../../src/run/replaying/replay-archived.ts';
import { replayRun } from '../../src/run/replaying/replay-run.ts';
import { makeAgePair, makePgpPair } from '../builders/keys.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { buildZip } from '../builders/zip.ts';
import { faultOf } from '../doubles/fault-of.ts';

const STUDENTS = 'ID,Last,First,DOB,Gender,School,Grade,Status\n004711,Cruz,Maria,3/9/2015,F,410,6,A\n';
const CONTACTS = 'ID,Name\n004711,Rosa Cruz\n';

describe('a run of an encrypted drop', () => {
  let project: Project;
  let pgp: Recipients;
  let age: Recipients;
  const keyFiles: Record<string, string> = {};
  before(async () => {
    const [agePair, pgpPair] = [await makeAgePair(), await makePgpPair('sesame')];
    age = readAgeRecipients([agePair.recipient]);
    pgp = await readPgpRecipients(pgpPair.publicKey);
    keyFiles['key.asc'] = pgpPair.privateKey;
    keyFiles['key.txt'] = `${agePair.identity}\n`;
  });
  afterEach(() => project.remove());

  const BOTH = '{ pgp: file:keys/key.asc, passphrase: env:PASS, age: file:keys/key.txt }';
  const env = { PASS: 'sesame' };

  async function start(decrypt: string | undefined): Promise<void> {
    const source = decrypt === undefined ? 'path: inbound' : `path: inbound, decrypt: ${decrypt}`;
    project = await makeProject({ connection: CONNECTION.replace('path: inbound', source) });
    await mkdir(join(project.folder, 'keys'));
    for (const [name, text] of Object.entries(keyFiles))
      await writeFile(join(project.folder, 'keys', name), text, { mode: 0o600 });
  }

  async function lock(content: string | Uint8Array, by: Recipients): Promise<Buffer> {
    const [from, to] = [join(project.folder, 'plain.tmp'), join(project.folder, 'locked.tmp')];
    await writeFile(from, content);
    await encryptFile(from, to, by);
    return readFile(to);
  }

  const codeOf = async () => {
    const { report } = await project.carry({}, { env });
    expect(report.run.outcome).to.equal('failed');
    return report.error?.code;
  };

  it('carries files of both kinds, keeps what was received, and says what was read', async () => {
    await start(BOTH);
    const locked = await lock(STUDENTS, pgp);
    await project.drop({ 'students_1.csv.pgp': locked, 'contacts_1.csv.AGE': await lock(CONTACTS, age) });
    const { report, folder } = await project.carry({}, { env });
    expect([report.run.outcome, report.totals.students?.carried]).to.deep.equal(['delivered', 1]);
    const [students, contacts] = report.inputs;
    expect(students).to.deep.include({ file: 'students_1.csv', sha256: sha256Of(STUDENTS) });
    expect(students?.received).to.deep.equal({
      name: 'students',
      file: 'students_1.csv.pgp',
      bytes: locked.length,
      sha256: sha256Of(locked),
      encryption: 'pgp',
    });
    expect(contacts?.received?.encryption).to.equal('age');
    expect(await project.names(join(folder, 'inbound'))).to.deep.equal([
      'contacts_1.csv.AGE',
      'students_1.csv.pgp',
    ]);
    expect(await readFile(join(folder, 'inbound/students_1.csv.pgp'))).to.deep.equal(locked);
    expect(await project.names(project.inbound)).to.deep.equal([]);
  });

  it('unwraps an encrypted zip, and decrypts the files of a plain one', async () => {
    await start(BOTH);
    const members = [
      { name: 'students.csv', data: STUDENTS },
      { name: 'contacts.csv', data: CONTACTS },
    ];
    await project.drop({ 'drop.zip.age': await lock(buildZip(members), age) });
    const { report, folder } = await project.carry({}, { env });
    expect([report.run.outcome, report.inputs.map(({ file }) => file)]).to.deep.equal([
      'delivered',
      ['students.csv', 'contacts.csv'],
    ]);
    expect(await project.names(join(folder, 'inbound'))).to.deep.equal(['drop.zip.age']);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    await replayIsSame(report.run.id);
    const inside = [{ name: 'students.csv.pgp', data: await lock(STUDENTS, pgp) }];
    await project.drop({ 'next.zip': buildZip(inside) });
    const next = await project.carry({}, { env });
    expect([next.report.run.outcome, next.report.inputs[0]?.received?.file]).to.deep.equal([
      'delivered',
      'students.csv.pgp',
    ]);
  });

  /** An archived run that was encrypted is carried again from what was received. */
  async function replayIsSame(run: string): Promise<void> {
    const answer = await project.withTools(async (connection, tools) => {
      const archived = await findArchivedRun(tools.archivePath, run);
      const ledger = { type: 'sqlite' as const, path: join(tools.archivePath, 'ledger.sqlite') };
      return replayRun({ archived, connection, ledger }, { ...tools, env });
    });
    expect([answer.now.error?.code, answer.isIdentical]).to.deep.equal([undefined, true]);
  }

  it('previews and takes what a person named, encrypted or not', async () => {
    await start(BOTH);
    const path = join(project.folder, 'mine.csv.asc');
    await writeFile(path, await lock(STUDENTS, pgp));
    const named = new Map([['students', path]]);
    const { rows } = await project.withTools((connection, tools) =>
      previewDrop({ connection, students: [], sample: 1, named }, { ...tools, env }),
    );
    expect(rows.map(({ id, verdict }) => [id, verdict])).to.deep.equal([['004711', 'carried']]);
    expect((await project.carry({ named }, { env })).report.run.outcome).to.equal('delivered');
    const plain = join(project.folder, 'mine.csv');
    await writeFile(plain, STUDENTS);
    const { report } = await project.carry({ named: new Map([['students', plain]]) }, { env });
    expect(report.run.outcome).to.equal('delivered');
  });

  it('fails a drop that cannot be decrypted, each for its own reason, and keeps it whole', async () => {
    await start(BOTH);
    const whole = await lock(STUDENTS, pgp);
    const altered = Buffer.from(whole);
    altered[whole.length - 30] = (altered[whole.length - 30] ?? 0) ^ 1;
    const stranger = readAgeRecipients([(await makeAgePair()).recipient]);
    const drops: [string, string | Uint8Array, string][] = [
      ['students.csv.pgp', altered, 'encrypted_altered'],
      ['students.csv.pgp', whole.subarray(0, whole.length - 30), 'encrypted_truncated'],
      ['students.csv.age', await lock(STUDENTS, stranger), 'encrypted_wrong_key'],
      ['students.csv.age', STUDENTS, 'not_encrypted'],
      ['students.csv', STUDENTS, 'not_encrypted'],
    ];
    for (const [name, content, code] of drops) {
      await project.drop({ [name]: content });
      const { report, folder } = await project.carry({}, { env });
      expect([report.run.outcome, report.error?.code], name).to.deep.equal(['failed', code]);
      expect(report.error?.hint).not.to.equal('');
      expect(await readFile(join(folder, 'inbound', name))).to.deep.equal(Buffer.from(content));
      expect(await project.names(project.outbound)).to.deep.equal([]);
    }
  });

  it('takes plain files as well where it is told to, and says what is missing where it has no key', async () => {
    await start('{ age: file:keys/key.txt, plain: allow }');
    await project.drop({ 'students.csv': STUDENTS });
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    await project.drop({ 'students.csv': await lock(STUDENTS, pgp) });
    expect(await codeOf()).to.equal('decryption_key_missing');
    await project.remove();
    await start(undefined);
    await project.drop({ 'students.csv.age': await lock(STUDENTS, age) });
    expect(await codeOf()).to.equal('decryption_key_missing');
  });

  it('refuses a key that others can read, and a drop that is there twice', async () => {
    await start('{ age: file:keys/key.txt }');
    await chmod(join(project.folder, 'keys/key.txt'), 0o640);
    await project.drop({ 'students.csv.age': await lock(STUDENTS, age) });
    expect(await codeOf()).to.equal('secret_missing');
    await chmod(join(project.folder, 'keys/key.txt'), 0o600);
    await project.drop({ 'students.csv.age': await lock(STUDENTS, age), 'students.csv': STUDENTS });
    expect((await faultOf(project.run())).code).to.equal('ambiguous_drop');
    expect(await readdir(project.inbound)).to.have.length(2);
  });
});
