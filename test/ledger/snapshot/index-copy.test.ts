import { copyFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { rebuildLedger } from '../../../src/ledger/rebuild-ledger.ts';
import type { IndexCopy } from '../../../src/ledger/snapshot/index-copy.ts';
import { openSqliteLedger } from '../../../src/ledger/sqlite-ledger.ts';
import type { MemoryEntry } from '../../../src/vocabulary/memory.ts';
import { faultOf } from '../../doubles/fault-of.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';
import { fileEntry, nightly, recordEntry, removedEntry, told } from '../sample-memory.ts';

const tempFolder = useTempFolders();

const FORM = 'ids 1';
const open = (path: string) => openSqliteLedger(path, { leastCopied: 0 });

async function copyOf(ledger: Ledger, connection = 'riverside'): Promise<IndexCopy> {
  const { copy } = await ledger.delivered(connection, 'students');
  return copy ?? expect.fail('it offers no copy');
}

/** As a reader would: a column of ids, a byte each. */
async function keepIds(copy: IndexCopy): Promise<void> {
  const entries = (await Array.fromAsync(copy.walk())).flat();
  const numbers = Uint32Array.from(entries.map(({ number }) => number));
  await copy.keep(FORM, { numbers, columns: [Buffer.from(entries.map(({ entry }) => entry.id).join(''))] });
}

/** What a copy and its changes say, or undefined where it is not believed. */
async function readIds(ledger: Ledger, connection?: string, form = FORM): Promise<string | undefined> {
  const kept = await (await copyOf(ledger, connection)).read(form);
  if (!kept) return undefined;
  const ids = Buffer.from(kept.columns).toString();
  return [ids, ...kept.changed.map(({ number, entry }) => `${number}=${entry?.id ?? ''}`)].join(' ');
}

const NIGHT = {
  run: nightly(1),
  entries: told(fileEntry(), ...['1', '2', '3'].map((id) => recordEntry(id))),
};

async function makeLedger(): Promise<string> {
  const path = join(await tempFolder(), 'ledger.sqlite');
  await using ledger = await open(path);
  await ledger.apply(NIGHT.run, NIGHT.entries);
  await keepIds(await copyOf(ledger));
  return path;
}

async function applied(path: string, night: number, ...entries: readonly MemoryEntry[]): Promise<void> {
  await using ledger = await open(path);
  await ledger.apply(nightly(night), told(fileEntry(), ...entries));
}

async function idsOf(path: string): Promise<string | undefined> {
  await using ledger = await open(path);
  return await readIds(ledger);
}

async function snapshotsOf(path: string): Promise<string[]> {
  return (await readdir(dirname(path))).filter((name) => name.includes('-snapshot-'));
}

describe('ledger/snapshot', () => {
  it('answers what was kept, with what has changed since', async () => {
    const path = await makeLedger();
    expect(await idsOf(path)).to.equal('123');
    await applied(path, 2, removedEntry('2'), recordEntry('4'), {
      kind: 'link',
      file: 'students',
      from: '1',
      to: '9',
    });
    expect(await idsOf(path)).to.equal('123 1=9 2= 4=4');
    await applied(path, 3, recordEntry('3', 'updated'));
    expect(await idsOf(path)).to.equal('123 1=9 2= 3=3 4=4');
  });

  it('does not take a record of another file, or one that took the number of another, for its own', async () => {
    const path = join(await tempFolder(), 'ledger.sqlite');
    await using ledger = await open(path);
    const other = (entry: MemoryEntry): MemoryEntry => ({ ...entry, file: 'contacts' }) as MemoryEntry;
    await ledger.apply(NIGHT.run, NIGHT.entries);
    await ledger.apply(nightly(2), told(other(fileEntry()), other(recordEntry('x'))));
    await ledger.apply(nightly(3), told(fileEntry(), recordEntry('4')));
    await keepIds(await copyOf(ledger));
    // 4 had the number 5, x the number 4: they are free now, and given again to others.
    await ledger.apply(
      nightly(4),
      told(fileEntry(), removedEntry('4'), other(fileEntry()), other(removedEntry('x'))),
    );
    await ledger.apply(
      nightly(5),
      told(fileEntry(), recordEntry('6'), other(fileEntry()), other(recordEntry('y'))),
    );
    expect(await readIds(ledger)).to.equal('1234 4=6 5=');
  });

  describe('a copy that is passed over', () => {
    const damages: [what: string, damage: (copy: string) => Promise<void>][] = [
      ['one that is missing', (copy) => rm(copy)],
      ['one that is cut', (copy) => truncate(copy, 20)],
      ['one that is empty', (copy) => truncate(copy, 0)],
      [
        'one of which a bit is another',
        async (copy) =>
          writeFile(
            copy,
            (await readFile(copy)).map((byte, at) => (at === 30 ? byte ^ 1 : byte)),
          ),
      ],
      ['one that goes on', (copy) => writeFile(copy, 'x', { flag: 'a' })],
      ['one of another ledger', async (copy) => copyFile(`${await otherLedger()}-snapshot-1`, copy)],
    ];
    for (const [what, damage] of damages)
      it(`is ${what}`, async () => {
        const path = await makeLedger();
        await damage(`${path}-snapshot-1`);
        await using ledger = await open(path);
        expect(await readIds(ledger)).to.equal(undefined);
        await keepIds(await copyOf(ledger));
        expect(await readIds(ledger)).to.equal('123');
      });

    it('is one of another form', async () => {
      await using ledger = await open(await makeLedger());
      expect(await readIds(ledger, 'riverside', 'ids 2')).to.equal(undefined);
    });

    it('is an older one that was put back', async () => {
      const path = await makeLedger();
      const aside = join(await tempFolder(), 'aside');
      await copyFile(`${path}-snapshot-1`, aside);
      await applied(path, 2, recordEntry('4'));
      await using ledger = await open(path);
      await keepIds(await copyOf(ledger));
      expect(await readIds(ledger)).to.equal('1234');
      await copyFile(aside, `${path}-snapshot-1`);
      expect(await readIds(ledger)).to.equal(undefined);
    });

    it('is the one of a younger ledger, of which an older one was put back', async () => {
      const path = await makeLedger();
      const [early, late] = [await backup(path), path];
      await applied(late, 2, recordEntry('4'));
      await using ledger = await open(late);
      await keepIds(await copyOf(ledger));
      await ledger.close();
      await copyFile(early, late);
      expect(await idsOf(late)).to.equal(undefined);
    });
  });

  it('follows a ledger that was put back, where the copy is the one that it knows', async () => {
    const path = await makeLedger();
    const early = await backup(path);
    await applied(path, 2, removedEntry('1'));
    await copyFile(early, path);
    expect(await idsOf(path)).to.equal('123');
    await applied(path, 3, removedEntry('2'));
    expect(await idsOf(path)).to.equal('123 2=');
  });

  it('keeps nothing of what the ledger has learned over', async () => {
    const path = await makeLedger();
    await using ledger = await open(path);
    const copy = await copyOf(ledger);
    await applied(path, 2, recordEntry('4'));
    await keepIds(copy);
    expect(await snapshotsOf(path)).to.deep.equal([]);
    expect(await readIds(ledger)).to.equal(undefined);
  });

  it('answers as before while a run is being applied, and after one that was refused', async () => {
    const path = await makeLedger();
    await using ledger = await open(path);
    await using other = await open(path);
    let during: string | undefined;
    async function* entries() {
      yield* [fileEntry(), removedEntry('1'), recordEntry('4')];
      during = `${await readIds(ledger)} ${await readIds(other)}`;
      yield recordEntry('5', 'created', { values: [] });
    }
    expect((await faultOf(ledger.apply(nightly(2), entries()))).code).to.equal('memory_unreadable');
    expect(during).to.equal('123 123');
    await ledger.apply(nightly(4), told());
    await ledger.apply(nightly(3), told(fileEntry(), removedEntry('2')));
    expect([await readIds(ledger), await readIds(other)]).to.deep.equal(['123 2=', '123 2=']);
  });

  it('believes no copy any more where another program changed a record', async () => {
    for (const sql of [
      "UPDATE records SET school = '9' WHERE id = '2'",
      "DELETE FROM records WHERE id = '2'",
    ]) {
      const path = await makeLedger();
      const database = new DatabaseSync(path);
      database.exec(sql);
      database.close();
      expect(await idsOf(path)).to.equal(undefined);
    }
  });

  it('is not there for a ledger that was made anew, nor for one that was restored', async () => {
    const path = await makeLedger();
    await rebuildLedger({ type: 'sqlite', path }, only(NIGHT));
    expect([await idsOf(path), await snapshotsOf(path)]).to.deep.equal([undefined, []]);
    await using ledger = await open(path);
    await using other = await open(join(await tempFolder(), 'ledger.sqlite'));
    await other.restore('riverside', ledger.checkpoint('riverside'));
    expect(await readIds(other)).to.equal(undefined);
  });

  it('is removed by a purge, with what was half-written, and no other one', async () => {
    const path = await makeLedger();
    await using ledger = await open(path);
    await ledger.apply(nightly(2, { connection: 'lakeside' }), told(fileEntry(), recordEntry('7')));
    await keepIds(await copyOf(ledger, 'lakeside'));
    const half = `.${basename(path)}-snapshot-1.0a-1b.tmp`;
    await writeFile(join(dirname(path), half), 'half');
    expect(await snapshotsOf(path)).to.have.length(3);
    await ledger.apply(
      nightly(3, { outcome: 'purged', totals: {} }),
      told({ kind: 'destroyed', runs: [nightly(1).id] }),
    );
    expect(await snapshotsOf(path)).to.deep.equal([`${basename(path)}-snapshot-2`]);
    expect([await readIds(ledger), await readIds(ledger, 'lakeside')]).to.deep.equal([undefined, '7']);
  });

  it('is as it was after an answer of the importing system', async () => {
    const path = await makeLedger();
    await using ledger = await open(path);
    const acknowledged = {
      kind: 'acknowledged',
      run: nightly(1).id,
      name: 'r.csv',
      sha256: 'ab'.repeat(32),
      accepted: 1,
      refused: 0,
    } as const;
    await ledger.apply(nightly(2, { outcome: 'acknowledged', totals: {} }), told(acknowledged));
    expect(await readIds(ledger)).to.equal('123');
  });
});

async function otherLedger(): Promise<string> {
  const path = await makeLedger();
  await applied(path, 2, recordEntry('4'));
  await using ledger = await open(path);
  await keepIds(await copyOf(ledger));
  return path;
}

async function backup(path: string): Promise<string> {
  const copy = join(await tempFolder(), 'backup.sqlite');
  const database = new DatabaseSync(path);
  database.exec(`VACUUM INTO '${copy}'`);
  database.close();
  return copy;
}

async function* only(night: typeof NIGHT) {
  yield night;
}
