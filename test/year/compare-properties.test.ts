import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import type { Report } from '../../src/report/schema.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { aDrop, boundless, dropOf, someSettings } from './random-drops.ts';
import { readOutbound, sortedRows } from './read-outbound.ts';
import { type DropOf, expectNight, type ModelMemory, NOTHING_KNOWN } from './year-model.ts';
import { YEAR_MAPPINGS, type YearSettings } from './year-settings.ts';

const IS_NIGHTLY = process.env.NIGHTLY === '1';
const RUNS = { numRuns: IS_NIGHTLY ? 150 : 5 };
const FILES = ['students', 'contacts'] as const;

interface Delivery {
  report: Report;
  rows: Record<(typeof FILES)[number], string[][]>;
}

/** The drops one after the other, each delivered: an accident that is recognised is approved. */
async function deliver(settings: YearSettings, drops: readonly DropOf[]): Promise<Delivery[]> {
  const project = await makeProject({ connection: boundless(settings), mappings: YEAR_MAPPINGS });
  try {
    const deliveries: Delivery[] = [];
    for (const drop of drops) {
      await project.drop(drop.files);
      const { report } = await project.carry({ businessDate: drop.date });
      deliveries.push(
        await receive(project, report.run.outcome === 'held' ? await approve(project, report) : report),
      );
    }
    return deliveries;
  } finally {
    await project.remove();
  }
}

async function approve(project: Project, held: Report): Promise<Report> {
  return (await project.decide(held.run.id, { decision: 'approve', by: 'rita' })).report;
}

async function receive(project: Project, report: Report): Promise<Delivery> {
  expect(report.run.outcome, JSON.stringify(report.error ?? {})).to.be.oneOf([
    'delivered',
    'nothing_to_deliver',
  ]);
  const rows: Delivery['rows'] = { students: [], contacts: [] };
  for (const { name, file } of report.outputs) {
    if (name !== 'students' && name !== 'contacts') throw new RangeError(`no such file: ${name}`);
    rows[name] = readOutbound(await project.read(join(project.outbound, file))).slice(1);
  }
  return { report, rows };
}

const drops = fc.array(aDrop, { minLength: 2, maxLength: 4 });
const MINUTES_MS = IS_NIGHTLY ? 1_800_000 : 60_000;

describe('any drops, one after the other', () => {
  it('balance, and come out as the model of the contract says', async function () {
    this.timeout(MINUTES_MS);
    await fc.assert(
      fc.asyncProperty(someSettings, drops, async (settings, some) => {
        const deliveries = await deliver(settings, some);
        let memory: ModelMemory = NOTHING_KNOWN;
        for (const [night, { report, rows }] of deliveries.entries()) {
          const expected = expectNight(memory, some[night] ?? dropOf([], []), settings);
          for (const name of FILES) {
            const where = `night ${night}, ${name}`;
            expect(report.totals[name], where).to.deep.include(expected.books[name].totals);
            expect(report.removed[name], where).to.deep.equal(expected.books[name].removed);
            expect(sortedRows(rows[name]), where).to.deep.equal(sortedRows(expected.books[name].rows));
          }
          expect(report.balanced).to.equal(true);
          memory = expected.ifReleased;
        }
      }),
      RUNS,
    );
  });

  it('make the same table as changes and as full files', async function () {
    this.timeout(MINUTES_MS);
    await fc.assert(
      fc.asyncProperty(someSettings, drops, async (settings, some) => {
        const ways = { ...settings, removed: 'deactivate', rejected: 'carry_forward' } as const;
        const changes = await deliver({ ...ways, deliver: 'changes' }, some);
        const full = await deliver({ ...ways, deliver: 'full' }, some);
        const table = new Map(changes.flatMap(({ rows }) => rows.students).map((row) => [row[0], row]));
        const whole = new Map(full.flatMap(({ rows }) => rows.students).map((row) => [row[0], row]));
        expect([...table].toSorted()).to.deep.equal([...whole].toSorted());
        for (const row of full.at(-1)?.rows.students ?? []) expect(table.get(row[0])).to.deep.equal(row);
        const contacts = new Map(changes.flatMap(({ rows }) => rows.contacts).map((row) => [row[1], row]));
        for (const row of full.at(-1)?.rows.contacts ?? []) expect(contacts.get(row[1])).to.deep.equal(row);
      }),
      RUNS,
    );
  });

  it('change nothing the second time', async function () {
    this.timeout(MINUTES_MS);
    await fc.assert(
      fc.asyncProperty(someSettings, drops, async (settings, some) => {
        const deliveries = await deliver(settings, [...some, ...some.slice(-1)]);
        const [first, second] = deliveries.slice(-2);
        for (const name of FILES) {
          const { carried, held, rejected, carried_forward } = first?.report.totals[name] ?? {};
          expect(second?.report.totals[name]).to.include({
            ...{ carried, held, rejected, carried_forward },
            ...{ unchanged: carried, created: 0, updated: 0, removed: 0, reactivated: 0 },
          });
          if (settings.deliver === 'changes') expect(second?.rows[name]).to.deep.equal([]);
        }
      }),
      RUNS,
    );
  });

  it('come out the same in any order of their rows', async function () {
    this.timeout(MINUTES_MS);
    await fc.assert(
      fc.asyncProperty(someSettings, drops, fc.infiniteStream(fc.nat()), async (settings, some, chance) => {
        const turned = some.map(({ students, contacts }) =>
          dropOf(shuffled(students, chance), shuffled(contacts, chance)),
        );
        const [one, other] = [await deliver(settings, some), await deliver(settings, turned)];
        for (const [night, { report, rows }] of one.entries())
          for (const name of FILES) {
            expect(other[night]?.report.totals[name]).to.deep.equal(report.totals[name]);
            expect(sortedRows(other[night]?.rows[name] ?? [])).to.deep.equal(sortedRows(rows[name]));
          }
      }),
      RUNS,
    );
  });
});

function shuffled<Item>(items: readonly Item[], chance: Iterator<number>): Item[] {
  return items
    .map((item) => ({ item, rank: Number(chance.next().value) }))
    .toSorted((one, other) => one.rank - other.rank)
    .map(({ item }) => item);
}
