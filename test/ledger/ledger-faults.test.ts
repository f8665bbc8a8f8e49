import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, open, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import { checkAgainstArchive } from '../../src/ledger/check-against-archive.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, nightly, recordEntry, removedEntry, told } from './sample-memory.ts';

const tempFolder = useTempFolders();

/** What three nights taught; enough for a file of several pages. */
const NIGHTS = [
  {
    run: nightly(1),
    entries: told(fileEntry(), ...Array.from({ length: 2000 }, (_, at) => recordEntry(`id ${at}`))),
  },
  { run: nightly(2), entries: told(fileEntry(), recordEntry('id 1', 'promoted', { grade: '6' })) },
  { run: nightly(3), entries: told(fileEntry(), removedEntry('id 2')) },
];

const HEAD = {
  connection: 'riverside',
  run: nightly(3).id,
  sha256: nightly(3).manifestSha256,
  previous: { run: nightly(2).id, sha256: nightly(2).manifestSha256 },
  count: 3,
};

async function makeLedger(nights = 3): Promise<string> {
  const path = join(await tempFolder(), 'state', 'ledger.sqlite');
  await using ledger = await openSqliteLedger(path);
  for (const { run, entries } of NIGHTS.slice(0, nights)) await ledger.apply(run, entries);
  return path;
}

async function* sealedNights() {
  yield* NIGHTS;
}

async function dumpOf(path: string): Promise<string[]> {
  await using ledger = await openSqliteLedger(path);
  return await listed(ledger.dump());
}

async function checked(path: string): Promise<{ behind: string[] }> {
  await using ledger: Ledger = await openSqliteLedger(path);
  return await checkAgainstArchive(ledger, [HEAD]);
}

describe('a ledger, when the power is cut', () => {
  for (const records of [10, 60_000]) {
    it(`is as before the run that was being applied, ${records} records into it`, async () => {
      const path = await makeLedger(1);
      const before = await dumpOf(path);
      const script = join(import.meta.dirname, 'apply-forever.ts');
      const child = spawn(process.execPath, [script, path, String(records)], {
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      await once(child.stdout, 'data');
      await kill(child);
      expect(await dumpOf(path)).to.deep.equal(before);
      await using ledger = await openSqliteLedger(path);
      for (const { run, entries } of NIGHTS) await ledger.apply(run, entries);
      expect(await listed(ledger.dump())).to.deep.equal(await dumpOf(await makeLedger()));
    });
  }

  it('lacks at most the last run where its -wal is lost, and says so', async () => {
    const path = await makeLedger(2);
    const ledger = await openSqliteLedger(path);
    await ledger.apply(nightly(3), told(fileEntry(), removedEntry('id 2')));
    const copy = join(await tempFolder(), 'ledger.sqlite');
    // What a kill leaves, without the -wal: the file alone.
    await copyFile(path, copy);
    await ledger.close();
    expect(await checked(copy)).to.deep.equal({ behind: [nightly(3).id] });
  });
});

async function kill(child: ChildProcess): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
}

describe('a ledger that was damaged, lost or put back', () => {
  const damages: [what: string, code: string, damage: (path: string) => Promise<void>][] = [
    ['a page of garbage', 'ledger_damaged', (path) => scribble(path, 16_384 * 5, 16_384)],
    ['a head of garbage', 'ledger_damaged', (path) => scribble(path, 0, 100)],
    ['garbage altogether', 'ledger_damaged', (path) => writeFile(path, 'x'.repeat(100_000))],
    ['half of the file', 'ledger_damaged', async (path) => truncate(path, (await stat(path)).size / 2)],
    ['a file of no length', 'ledger_younger', (path) => truncate(path, 0)],
    ['no file', 'ledger_younger', (path) => rm(path)],
    ['an older copy', 'ledger_younger', async (path) => copyFile(await makeLedger(1), path)],
  ];
  for (const [what, code, damage] of damages) {
    it(`refuses ${what}, and is made anew`, async () => {
      const path = await makeLedger();
      const before = await dumpOf(path);
      await damage(path);
      const fault = await faultOf(checked(path));
      expect([fault.code, fault.hint]).to.satisfy(
        ([named, hint]: string[]) => named === code && hint?.includes('rosterferry rebuild'),
      );
      await rebuildLedger({ type: 'sqlite', path }, sealedNights());
      expect(await dumpOf(path)).to.deep.equal(before);
      expect(await checked(path)).to.deep.equal({ behind: [] });
      const aside = code === 'ledger_damaged' ? [`${basename(path)}.damaged`] : [];
      expect(await readdir(dirname(path))).to.deep.equal([basename(path), ...aside]);
    });
  }

  it('catches up where a copy lacks the last run alone', async () => {
    const path = await makeLedger(2);
    expect(await checked(path)).to.deep.equal({ behind: [nightly(3).id] });
  });

  it('refuses a database of another program, and leaves it as it is', async () => {
    const path = join(await tempFolder(), 'other.sqlite');
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE notes (note TEXT)');
    other.close();
    const fault = await faultOf(openSqliteLedger(path));
    expect(fault.code).to.equal('not_a_ledger');
    expect(await faultOf(rebuildLedger({ type: 'sqlite', path }, sealedNights()))).to.include({
      code: 'not_a_ledger',
    });
    const again = new DatabaseSync(path);
    expect(again.prepare('SELECT count(*) AS n FROM notes').get()).to.deep.include({ n: 0 });
    again.close();
  });
});

async function scribble(path: string, at: number, length: number): Promise<void> {
  await using file = await open(path, 'r+');
  await file.write(Buffer.alloc(length, 0xa5), 0, length, at);
}
