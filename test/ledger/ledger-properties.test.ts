import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { SealedMemory } from '../../src/ledger/apply-runs.ts';
import type { HistoryEntry, Ledger } from '../../src/ledger/ledger.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import type { MemoryEntry } from '../../src/vocabulary/memory.ts';
import { MemoryLedger } from '../doubles/memory-ledger.ts';
import { ALL_CONNECTIONS, ALL_FILES, ALL_IDS, type Step, steps } from './random-nights.ts';
import { listed, nightly, told } from './sample-memory.ts';

let folder: string;
let made = 0;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ledger-'));
});
after(() => rm(folder, { recursive: true }));

function newPath(): string {
  return join(folder, `ledger-${made++}.sqlite`);
}

/** As the corridor does it: what is unsealed goes first into the memory of the run. Answers what was sealed. */
async function walk(ledger: Ledger, walked: readonly Step[]): Promise<SealedMemory[]> {
  const sealed: SealedMemory[] = [];
  for (const step of walked) {
    if (step.kind === 'decide') await ledger.decide(step.connection, step.decision);
    else if (step.kind === 'give')
      await ledger.temporaryIds(step.connection, step.prefix, step.keys, { remember: true });
    else {
      const { run, carries, entries } = step;
      const unsealed = carries ? await listed(ledger.unsealed(run.connection)) : [];
      const memory = { run, entries: told(...unsealed, ...entries) };
      await ledger.apply(memory.run, memory.entries);
      sealed.push(memory);
    }
  }
  return sealed;
}

/** Lets go of the last that no run has carried. */
const END: readonly Step[] = ALL_CONNECTIONS.map((connection, at) => ({
  kind: 'night',
  run: nightly(90 + at, { connection }),
  entries: [],
  carries: true,
}));

/** Everything that can be asked of a ledger. */
async function everything(ledger: Ledger): Promise<object> {
  const views = [];
  for (const connection of ALL_CONNECTIONS) {
    for (const file of ALL_FILES) {
      const { count, targets, bytes, ...view } = await ledger.delivered(connection, file);
      const index = (await listed(view.index())).flat().sort(byId);
      views.push({ count, targets, bytes, index, records: [...(await view.fetch(ALL_IDS))].sort() });
    }
  }
  const histories = [];
  // What is told of one id is in order; which of two linked ids is told first within a run means nothing.
  for (const id of ALL_IDS) histories.push(...(await ledger.history(id)).sort(byId).map(asText));
  return {
    views,
    histories,
    disclosures: await Promise.all(ALL_IDS.map((id) => ledger.disclosures(id, { from: '2026-11-03' }))),
    decisions: await Promise.all(ALL_CONNECTIONS.map((connection) => ledger.decisions(connection))),
    unsealed: await Promise.all(
      ALL_CONNECTIONS.map(async (one) => (await listed(ledger.unsealed(one))).map(inOrder).sort()),
    ),
    runs: await listed(ledger.runs()),
    dump: await sortedDump(ledger),
  };
}

/** As text in which the order of keys means nothing. */
function inOrder(entry: MemoryEntry): string {
  const what = 'decision' in entry ? entry.decision : entry;
  return JSON.stringify(Object.entries(what).sort());
}

function asText({ run, file, id, change, note, fields }: HistoryEntry): string {
  const changed = fields.map((field) => JSON.stringify(field)).sort();
  return JSON.stringify([run.id, file, id, change, note, changed]);
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

async function sortedDump(ledger: Ledger): Promise<string[]> {
  return (await listed(ledger.dump())).sort();
}

async function* asSealed(runs: readonly SealedMemory[]): AsyncGenerator<SealedMemory> {
  // A connection after the other, each in the order of its chain: as an archive is read.
  for (const connection of ALL_CONNECTIONS) yield* runs.filter(({ run }) => run.connection === connection);
}

describe('a ledger, over random nights', () => {
  it('answers everything as the model does', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (walked) => {
        await using ledger = await openSqliteLedger(newPath());
        await using model = new MemoryLedger();
        await walk(ledger, walked);
        await walk(model, walked);
        expect(await everything(ledger)).to.deep.equal(await everything(model));
      }),
      { numRuns: 60 },
    );
  });

  it('is the same when every run is applied twice', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (walked) => {
        await using ledger = await openSqliteLedger(newPath());
        const sealed = await walk(ledger, walked);
        const before = await listed(ledger.dump());
        for (const { run, entries } of sealed) await ledger.apply(run, entries);
        expect(await listed(ledger.dump())).to.deep.equal(before);
      }),
      { numRuns: 20 },
    );
  });

  it('is made anew from its sealed runs, line by line the same, whatever became of the old file', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (walked) => {
        const path = newPath();
        const ledger = await openSqliteLedger(path);
        const sealed = await walk(ledger, [...walked, ...END]);
        const kept = await listed(ledger.dump());
        const asked = await everything(ledger);
        await ledger.close();
        await rm(path);
        await rebuildLedger({ type: 'sqlite', path }, asSealed(sealed));
        await using rebuilt = await openSqliteLedger(path);
        expect(await listed(rebuilt.dump())).to.deep.equal(kept);
        expect(await everything(rebuilt)).to.deep.equal(asked);
      }),
      { numRuns: 40 },
    );
  });

  it('keeps in a rebuild what no run has carried yet', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (walked) => {
        const path = newPath();
        const ledger = await openSqliteLedger(path);
        const sealed = await walk(ledger, walked);
        const kept = await listed(ledger.dump());
        await ledger.close();
        await rebuildLedger({ type: 'sqlite', path }, asSealed(sealed));
        await using rebuilt = await openSqliteLedger(path);
        expect(await listed(rebuilt.dump())).to.deep.equal(kept);
      }),
      { numRuns: 20 },
    );
  });

  it('is the same when the first nights of each connection come from a checkpoint', async () => {
    await fc.assert(
      fc.asyncProperty(steps, fc.nat(14), async (walked, split) => {
        await using ledger = await openSqliteLedger(newPath());
        const [first, rest] = [walked.slice(0, split), walked.slice(split)];
        await walk(ledger, [...first, ...END]);
        await using other = await openSqliteLedger(newPath());
        for (const connection of ALL_CONNECTIONS)
          await other.restore(connection, ledger.checkpoint(connection));
        expect(await listed(other.dump())).to.deep.equal(await listed(ledger.dump()));
        await walk(ledger, rest);
        await walk(other, rest);
        expect(await everything(other)).to.deep.equal(await everything(ledger));
      }),
      { numRuns: 30 },
    );
  });
});
