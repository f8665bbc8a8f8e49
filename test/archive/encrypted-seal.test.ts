import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { finishSeals } from '../../src/archive/finish-seals.ts';
import { readManifest, sha256Of } from '../../src/archive/manifest.ts';
import { forgetPlainAside } from '../../src/archive/plain-aside.ts';
import { listOpenRuns, readRunState } from '../../src/archive/run-folder.ts';
import { type SealStep, sealRun } from '../../src/archive/seal-run.ts';
import { openUnseal } from '../../src/archive/unseal-files.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { type Recipients, readAgeRecipients } from '../../src/encryption/read-recipients.ts';
import { makeAgePair } from '../builders/keys.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { hasProgram, runAge } from '../doubles/stock-programs.ts';
import { makeArchive, nightOf, openSampleRun, sealSampleRun } from './sealed-archive.ts';

const SEALED_AT = '2026-11-22T03:30:05-06:00';
const STORED = [
  'SHA256SUMS',
  'exceptions.csv.age',
  'inbound/Kontakte März 2026 (1).csv.age',
  'inbound/students.csv.age',
  'manifest.json',
  'mapping/students.yaml',
  'outbound/students_out.csv.age',
  'report.json',
];

async function filesIn(path: string): Promise<string[]> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(path.length + 1))
    .toSorted();
}

describe('archive/seal-run, encrypted', () => {
  let identity: string;
  let recipients: Recipients;
  before(async () => {
    const pair = await makeAgePair();
    identity = pair.identity;
    recipients = readAgeRecipients([pair.recipient]);
  });
  const keys = async () => ({ pgp: [], age: [identity] });

  it('leaves nothing plain that tells of people, and hashes of the plain bytes', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(1), { recipients });
    expect(await filesIn(path)).to.deep.equal(STORED);
    for (const file of STORED) expect((await stat(join(path, file))).mode & 0o777).to.equal(0o600);
    const students = `id\n${nightOf(1).id}\n`;
    const listed = (await readManifest(path))?.manifest.files.find(
      (file) => file.path === 'inbound/students.csv',
    );
    const stored = await readFile(join(path, 'inbound/students.csv.age'));
    expect(listed).to.deep.equal({
      path: 'inbound/students.csv',
      bytes: students.length,
      sha256: sha256Of(students),
      stored: { path: 'inbound/students.csv.age', bytes: stored.length, sha256: sha256Of(stored) },
    });
    expect(await readFile(join(path, 'SHA256SUMS'), 'utf8')).to.include(
      `${sha256Of(students)}  inbound/students.csv\n`,
    );
    await forgetPlainAside(archive.path, 'riverside');
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
  });

  it('is verified without a key: altered, missing and added files are named as they lie there', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(1), { recipients });
    const { problems, filesChecked } = await verifyArchive(archive.path);
    expect([problems, filesChecked]).to.deep.equal([[], 6]);
    await writeFile(join(path, 'exceptions.csv.age'), 'age-encryption.org/v1\n');
    await rm(join(path, 'inbound/students.csv.age'));
    await writeFile(join(path, 'inbound/students.csv'), 'id\n');
    const found = (await verifyArchive(archive.path)).problems.map(
      ({ file, problem }) => `${problem} ${file}`,
    );
    expect(found.toSorted()).to.deep.equal([
      'added inbound/students.csv',
      'altered exceptions.csv.age',
      'missing inbound/students.csv.age',
    ]);
  });

  it('can be read with the stock program alone, and then fits SHA256SUMS', async function () {
    if (!hasProgram('age')) return this.skip();
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(1), { recipients });
    const key = join(archive.path, 'key.txt');
    await writeFile(key, `${identity}\n`, { mode: 0o600 });
    for (const line of (await readFile(join(path, 'SHA256SUMS'), 'utf8')).trimEnd().split('\n')) {
      const [sha256 = '', file = ''] = line.split('  ');
      const isEncrypted = STORED.includes(`${file}.age`);
      const bytes = isEncrypted
        ? runAge('--decrypt', '-i', key, join(path, `${file}.age`))
        : await readFile(join(path, file));
      expect(sha256Of(bytes), file).to.equal(sha256);
    }
  });

  const steps: SealStep[] = [
    'emptied',
    'plain_aside',
    'encrypted',
    'listed',
    'state_aside',
    'renamed',
    'headed',
  ];
  for (const step of steps) {
    it(`is one whole encrypted run after a crash once it is ${step}, and nothing plain is left`, async () => {
      await using archive = await makeArchive();
      const run = nightOf(2);
      await sealSampleRun(archive.path, nightOf(1), { recipients });
      const crash = (done: SealStep) => {
        if (done === step) throw new Error('power cut');
      };
      await sealSampleRun(archive.path, run, { recipients, afterStep: crash }).catch(() => undefined);
      await finishSeals(archive.path, run.connection);
      for (const folder of await listOpenRuns(archive.path, run.connection)) {
        // What a restart reads of an open run is there again.
        expect(await readFile(join(folder.path, 'exceptions.csv'), 'utf8')).to.equal('file,row\r\n');
        expect(await readdir(folder.inbound)).to.deep.equal(['Kontakte März 2026 (1).csv', 'students.csv']);
        const state = await readRunState<{ facts: ReturnType<typeof nightOf> }>(folder);
        await sealRun(folder, state.facts, { sealedAt: SEALED_AT, recipients });
      }
      await forgetPlainAside(archive.path, run.connection);
      const path = join(archive.path, 'riverside/2026/11', run.id);
      expect(await filesIn(path)).to.deep.equal(STORED);
      expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
      expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
    });
  }

  it('puts back what a crash moved by halves, and seals plain where nobody asks for encryption any more', async () => {
    await using archive = await makeArchive();
    const folder = await openSampleRun(archive.path, nightOf(1));
    const aside = join(archive.path, '.open', `.${nightOf(1).id}.plain`);
    await mkdir(join(aside, 'inbound'), { recursive: true });
    for (const name of await readdir(folder.inbound))
      await copyFile(join(folder.inbound, name), join(aside, 'inbound', name));
    await writeFile(join(folder.inbound, 'students.csv.age'), 'half');
    await sealRun(folder, nightOf(1), { sealedAt: SEALED_AT });
    expect(await readdir(folder.inbound)).to.deep.equal(['Kontakte März 2026 (1).csv', 'students.csv']);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
  });

  it('keeps what the run taught aside until it is known, and no longer', async () => {
    await using archive = await makeArchive();
    const run = nightOf(1);
    const folder = await openSampleRun(archive.path, run);
    await writeFile(join(folder.path, 'memory.ndjson'), '{}\n');
    await sealRun(folder, run, { sealedAt: SEALED_AT, recipients });
    const open = join(archive.path, '.open');
    expect(await filesIn(open)).to.deep.equal([`.${run.id}.plain/memory.ndjson`]);
    await finishSeals(archive.path, run.connection);
    expect(await filesIn(open)).to.deep.equal([`.${run.id}.plain/memory.ndjson`]);
    await forgetPlainAside(archive.path, run.connection);
    expect(await readdir(open)).to.deep.equal([]);
  });

  it('is read again with an identity, for as long as it is asked for, and refuses what was put in its place', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(1), { recipients });
    const unseal = openUnseal(archive.path, keys);
    const isWanted = (file: string) => file.startsWith('inbound/') || file === 'report.json';
    {
      await using files = await unseal(path, isWanted);
      expect(await readFile(join(files.folder, 'inbound/students.csv'), 'utf8')).to.equal(
        `id\n${nightOf(1).id}\n`,
      );
      expect(dirname(files.folder)).to.equal(join(archive.path, '.open'));
    }
    await copyFile(join(path, 'exceptions.csv.age'), join(path, 'inbound/students.csv.age'));
    expect((await faultOf(unseal(path, isWanted))).code).to.equal('archive_altered');
    const none = openUnseal(archive.path, async () => undefined);
    expect((await faultOf(none(path, isWanted))).code).to.equal('archive_key_missing');
    const stranger = openUnseal(archive.path, async () => ({
      pgp: [],
      age: [(await makeAgePair()).identity],
    }));
    expect((await faultOf(stranger(path, isWanted))).code).to.equal('encrypted_wrong_key');
    await forgetPlainAside(archive.path, 'riverside');
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
  });

  it('clears what a killed process left while it read', async () => {
    await using archive = await makeArchive();
    const left = join(archive.path, '.open/.unsealed.999999999.abcdef');
    const own = join(archive.path, `.open/.unsealed.${process.pid}.abcdef`);
    for (const one of [left, own]) await mkdir(one, { recursive: true });
    await finishSeals(archive.path, 'riverside');
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([`.unsealed.${process.pid}.abcdef`]);
  });
});
