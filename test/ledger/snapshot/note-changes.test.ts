import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDatabase } from '../../../src/ledger/open-database.ts';
import { openChanges } from '../../../src/ledger/snapshot/note-changes.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';

const tempFolder = useTempFolders();

async function openWithCopy() {
  const database = await openDatabase(join(await tempFolder(), 'ledger.sqlite'));
  database.exec(`INSERT INTO layouts VALUES (1, '[]'); INSERT INTO files VALUES (1, 'riverside', 'students', 1, 0);
    INSERT INTO snapshots VALUES (1, 'ab')`);
  return database;
}

describe('ledger/snapshot/note-changes', () => {
  it('gives a copy up where a run changes more than anybody would look up', async () => {
    const database = await openWithCopy();
    const changes = openChanges(database);
    const count = (table: string) => database.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.n;
    const change = (records: number) => {
      changes.begin();
      changes.open(1);
      for (let record = 1; record <= records; record++) changes.note(1, record);
      changes.close();
      return [count('snapshots'), count('changed_records')];
    };
    expect(change(100_000)).to.deep.equal([1, 100_000]);
    expect(change(100_001)).to.deep.equal([0, 0]);
    expect(change(5)).to.deep.equal([0, 0]);
    database.close();
  });

  it('is told by everything that changes records', async () => {
    const folder = join(import.meta.dirname, '../../../src/ledger');
    const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
    const writers = [];
    for (const name of names)
      if (
        /(UPDATE|DELETE FROM|REPLACE INTO) (main\.)?records\b/.test(
          await readFile(join(folder, name), 'utf8'),
        )
      )
        writers.push(name);
    // What a purge does takes the copies away; what a checkpoint is made from is no ledger in use.
    expect(writers).to.have.members(['records.ts', 'strike-runs.ts', 'make-checkpoint.ts']);
  });
});
