import { readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect } from 'chai';
import type { SealedMemory } from '../../src/ledger/apply-runs.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { RecordDecision } from '../../src/vocabulary/memory.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { fileEntry, listed, nightly, recordEntry, told } from './sample-memory.ts';

const tempFolder = useTempFolders();

const FIRST: SealedMemory = { run: nightly(1), entries: told(fileEntry(), recordEntry('1')) };

async function makeLedger(): Promise<{ type: 'sqlite'; path: string }> {
  const path = join(await tempFolder(), 'ledger.sqlite');
  await using ledger = await openSqliteLedger(path);
  await ledger.apply(FIRST.run, FIRST.entries);
  return { type: 'sqlite', path };
}

async function dumpOf({ path }: { path: string }): Promise<string[]> {
  await using ledger = await openSqliteLedger(path);
  return await listed(ledger.dump());
}

function decision(about: Partial<RecordDecision>): RecordDecision {
  const at = '2026-11-22T08:00:00-06:00';
  const whole = { file: 'students', id: '1', field: '', choice: 'new', value: '', about: '' } as const;
  return { ...whole, shown: [], by: 'kim', at, reason: '', ...about };
}

describe('ledger/rebuild-ledger', () => {
  it('makes one where there is none', async () => {
    const settings = await makeLedger();
    const fresh = { ...settings, path: join(await tempFolder(), 'new', 'ledger.sqlite') };
    await rebuildLedger(fresh, one(FIRST));
    expect(await dumpOf(fresh)).to.deep.equal(await dumpOf(settings));
  });

  it('leaves the old one as it was where a run cannot be read', async () => {
    const settings = await makeLedger();
    const before = await dumpOf(settings);
    async function* breaksOff() {
      yield { run: nightly(8), entries: told() };
      yield { run: nightly(9), entries: told(recordEntry('before its file')) };
    }
    const fault = await faultOf(rebuildLedger(settings, breaksOff()));
    expect(fault.code).to.equal('memory_unreadable');
    expect(await dumpOf(settings)).to.deep.equal(before);
    expect(await readdir(dirname(settings.path))).to.deep.equal([basename(settings.path)]);
  });

  it('is refused while anyone has the ledger open', async () => {
    const settings = await makeLedger();
    await using ledger = await openSqliteLedger(settings.path);
    const fault = await faultOf(rebuildLedger(settings, one(FIRST)));
    expect(fault.code).to.equal('ledger_in_use');
    await ledger.apply(nightly(2), told());
    expect(await listed(ledger.runs())).to.have.length(2);
  });

  it('keeps anyone from opening the old one meanwhile', async () => {
    const settings = await makeLedger();
    async function* whileTrying() {
      yield FIRST;
      const impatient = new DatabaseSync(settings.path, { timeout: 0 });
      expect(() => impatient.prepare('SELECT count(*) FROM runs')).to.throw(/locked/);
      impatient.close();
    }
    await rebuildLedger(settings, whileTrying());
    expect(await dumpOf(settings)).to.have.length(5);
  });

  it('takes a decision along that no run has carried, unless a sealed one is younger', async () => {
    const settings = await makeLedger();
    const stale = decision({ id: '1' });
    const fresh = decision({ id: '2' });
    const ledger = await openSqliteLedger(settings.path);
    for (const said of [stale, fresh]) await ledger.decide('riverside', said);
    await ledger.temporaryIds('riverside', 'T', ['a', 'b'], { remember: true });
    await ledger.close();
    // The same instant later in the day is earlier in the text: an hour less to Greenwich.
    const sealed = decision({ id: '1', choice: 'match:9', at: '2026-11-22T07:30:00-07:00' });
    const taken = { kind: 'temporary_id', prefix: 'T', key: 'x', id: 'T2' } as const;
    await rebuildLedger(
      settings,
      one({ run: nightly(1), entries: told({ kind: 'decision', decision: sealed }, taken) }),
    );
    await using rebuilt = await openSqliteLedger(settings.path);
    expect(await rebuilt.decisions('riverside')).to.deep.equal([sealed, fresh]);
    const ids = await rebuilt.temporaryIds('riverside', 'T', ['a', 'x', 'b'], { remember: true });
    expect([...ids]).to.deep.equal([
      ['a', 'T1'],
      ['x', 'T2'],
      ['b', 'T3'],
    ]);
  });

  it('takes along what the service remembers for itself', async () => {
    const settings = await makeLedger();
    const states = [{ kind: 'late', subject: '2026-11-22', sentence: 's', hint: 'h' } as const];
    {
      await using ledger = await openSqliteLedger(settings.path);
      await ledger.service.noteLooked('riverside', 1000);
      await ledger.service.settle('riverside', states, () => ({ messages: [], nowMs: 0 }));
    }
    await rebuildLedger(settings, one(FIRST));
    await using ledger = await openSqliteLedger(settings.path);
    expect(await ledger.service.schedule('riverside')).to.deep.equal({ lookedUntilMs: 1000 });
    await ledger.service.settle('riverside', states, () => {
      throw new Error('it was told before');
    });
  });

  it('does not take an approval along that a sealed run has spent', async () => {
    const settings = await makeLedger();
    const spent = decision({ choice: 'approve', at: '2026-11-02T03:00:00-06:00' });
    const fresh = decision({ choice: 'approve', at: '2026-11-02T04:00:00-06:00' });
    // A crash came between the seal of this run and the ledger.
    const sealed = { run: nightly(2), entries: told(fileEntry(), recordEntry('1', 'reactivated')) };
    for (const [said, kept] of [
      [spent, []],
      [fresh, [fresh]],
    ] as const) {
      const ledger = await openSqliteLedger(settings.path);
      await ledger.decide('riverside', said);
      await ledger.close();
      await rebuildLedger(settings, one(sealed));
      await using rebuilt = await openSqliteLedger(settings.path);
      expect(await rebuilt.decisions('riverside')).to.deep.equal(kept);
    }
  });

  it('is needless after a backup made as the guide says', async () => {
    const settings = await makeLedger();
    const copy = { ...settings, path: join(await tempFolder(), 'backup.sqlite') };
    const database = new DatabaseSync(settings.path);
    database.exec(`VACUUM INTO '${copy.path}'`);
    database.close();
    expect(await dumpOf(copy)).to.deep.equal(await dumpOf(settings));
  });
});

async function* one(memory: SealedMemory): AsyncGenerator<SealedMemory> {
  yield memory;
}
