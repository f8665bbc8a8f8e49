import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { rebuildFromArchive } from '../../src/run/rebuild-from-archive.ts';
import { studentOf } from '../../src/vocabulary/memory.ts';
import { sortedRows } from './read-outbound.ts';
import { type Walk, walkYear } from './walk-year.ts';
import type { YearSettings } from './year-settings.ts';

/** NIGHTLY=1 walks the whole year of a large district; SEED=n another one. */
const IS_NIGHTLY = process.env.NIGHTLY === '1';
const SEED = Number(process.env.SEED ?? 20260817);
const QUICK = { seed: SEED, students: 300, nights: 32 };
const WHOLE = { seed: SEED, students: 20_000, nights: 260 };
const SMALL_WHOLE = { seed: SEED, students: 1500, nights: 260 };
/** So many of the variants, from the first, are walked in the quick suite, and in full size by night. */
const MAIN_VARIANTS = 2;

const VARIANTS: Record<string, YearSettings> = {
  'as a connection that says nothing': {
    deliver: 'full',
    removed: 'report',
    rejected: 'carry_forward',
    reactivate: 'hold',
  },
  'changes only, last rows for the removed, who is back is sent': {
    deliver: 'changes',
    removed: 'deactivate',
    rejected: 'carry_forward',
    reactivate: 'send',
  },
  'broken rows left out, last rows for the removed, who is back waits': {
    deliver: 'full',
    removed: 'deactivate',
    rejected: 'leave_out',
    reactivate: 'hold',
  },
  'who is back stays inactive': {
    deliver: 'full',
    removed: 'deactivate',
    rejected: 'carry_forward',
    reactivate: 'keep_inactive',
  },
};

describe('a scripted year', () => {
  for (const [index, [what, settings]] of Object.entries(VARIANTS).entries()) {
    const isMain = index < MAIN_VARIANTS;
    if (!IS_NIGHTLY && !isMain) continue;
    it(`${what}: every night is as the model of the contract says`, async function () {
      this.timeout(IS_NIGHTLY ? 3_600_000 : 60_000);
      this.slow(IS_NIGHTLY ? 3_600_000 : 15_000);
      const walk = await walkYear(IS_NIGHTLY ? (isMain ? WHOLE : SMALL_WHOLE) : QUICK, settings);
      try {
        await compareLedger(walk);
        compareTable(walk);
        await compareRebuilt(walk);
        const verified = await verifyPath(join(walk.project.folder, 'archive'));
        expect(verified.problems).to.deep.equal([]);
      } finally {
        await walk.project.remove();
      }
    });
  }
});

const ledgerOf = ({ project }: Walk) =>
  ({ type: 'sqlite', path: join(project.folder, 'archive/ledger.sqlite') }) as const;

async function compareLedger(walk: Walk): Promise<void> {
  await using ledger = await openLedger(ledgerOf(walk));
  const students = await readDelivered(ledger, 'students');
  const mine = [...walk.memory.students].map(([id, known]) => ({ id, ...known }));
  expect(students.toSorted(byId)).to.deep.equal(mine.toSorted(byId));
  const contacts = await readDelivered(ledger, 'contacts');
  for (const { id, values } of contacts) expect(studentOf(id)).to.equal(values[0]);
  const known = [...walk.memory.contacts.values()].flat();
  expect(sortedRows(contacts.map(({ values }) => values))).to.deep.equal(sortedRows(known));
}

async function readDelivered(ledger: Ledger, file: string) {
  const view = await ledger.delivered('north', file);
  const found = [];
  for await (const batch of view.index()) {
    const records = await view.fetch(batch.map(({ id }) => id));
    for (const { id, deactivated } of batch) {
      const { values = [], active = false, school = '', grade = '' } = records.get(id) ?? {};
      found.push({ id, values: [...values], active, school, grade, deactivated });
    }
  }
  return found;
}

function byId(one: { id: string }, other: { id: string }): number {
  return one.id < other.id ? -1 : 1;
}

/** Whoever takes every record as it comes has, of everybody in the last full file, what that file says. */
function compareTable({ table, memory, settings }: Walk): void {
  for (const [id, { values }] of memory.students) expect(table.students.get(id)).to.deep.equal(values);
  if (settings.removed === 'deactivate') expect(table.students.size).to.equal(memory.students.size);
  for (const values of [...memory.contacts.values()].flat())
    expect(table.contacts.get(values[1] ?? '')).to.deep.equal(values);
}

/** Beside the old one, which the project has open. */
async function compareRebuilt(walk: Walk): Promise<void> {
  const anew = { type: 'sqlite', path: join(walk.project.folder, 'anew.sqlite') } as const;
  await rebuildFromArchive(join(walk.project.folder, 'archive'), anew);
  expect(await dumpOf(anew)).to.deep.equal(await dumpOf(ledgerOf(walk)));
}

async function dumpOf(settings: ReturnType<typeof ledgerOf>): Promise<string[]> {
  await using ledger = await openLedger(settings);
  return await Array.fromAsync(ledger.dump());
}
