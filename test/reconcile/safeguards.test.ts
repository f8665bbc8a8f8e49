import { expect } from 'chai';
import type { SafeguardResult } from '../../src/reconcile/safeguard-result.ts';
import { type MeasureFacts, measureSafeguards } from '../../src/reconcile/safeguards.ts';
import { safeguardsSchema } from '../../src/reconcile/schema.ts';
import type { FileBooks } from '../../src/vocabulary/totals.ts';
import { balancedBooks } from './books.ts';

const NIGHT: MeasureFacts = {
  businessDate: '2026-11-22',
  firstRun: false,
  lastDelivered: new Map([['students', 100]]),
  bytes: new Map([['students', 1000]]),
  lastBytes: new Map([['students', 1000]]),
};

const NOBODY = { last: 0, carried: 0, created: 0, changed: 0, removed: 0, removedBySelection: 0 };

function measure(books: FileBooks, given: { facts?: Partial<MeasureFacts>; settings?: object } = {}) {
  const settings = safeguardsSchema.parse(given.settings ?? {});
  return measureSafeguards(new Map([['students', books]]), { ...NIGHT, ...given.facts }, settings);
}

function named(results: SafeguardResult[], name: string): SafeguardResult {
  const found = results.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}

describe('reconcile/safeguards', () => {
  it('shows every limit beside its value, in one order', () => {
    const results = measure(
      balancedBooks({ created: 1, updated: 2, unchanged: 95, rejected: 2, removed: 3 }),
    );
    expect(
      results.map(({ name, file, limit, value, breached }) => [name, file, limit, value, breached]),
    ).to.deep.equal([
      ['min_rows', 'students', '1', '100', false],
      ['max_rejected', 'students', '5%', '2%', false],
      ['max_removed', 'students', '10%', '3%', false],
      ['max_created', 'students', '25%', '1%', false],
      ['max_updated', 'students', '50%', '2%', false],
      ['max_size_change', 'students', '50%', '0%', false],
    ]);
  });

  const breaches: [string, FileBooks, Partial<MeasureFacts>][] = [
    ['min_rows', balancedBooks(), {}],
    ['max_rejected', balancedBooks({ rejected: 6, unchanged: 94 }), {}],
    ['max_removed', balancedBooks({ removed: 11, unchanged: 89 }), {}],
    ['max_created', balancedBooks({ created: 26, unchanged: 100 }), {}],
    ['max_updated', balancedBooks({ updated: 51, unchanged: 49 }), {}],
    ['max_size_change', balancedBooks({ unchanged: 100 }), { bytes: new Map([['students', 499]]) }],
    ['max_size_change', balancedBooks({ unchanged: 100 }), { bytes: new Map([['students', 1501]]) }],
  ];
  for (const [name, books, facts] of breaches) {
    it(`breaches ${name}, and nothing else`, () => {
      const breached = measure(books, { facts }).filter((one) => one.breached);
      expect(breached.map((one) => one.name)).to.deep.equal([name]);
      expect(breached[0]?.sentence).to.include(name);
    });
  }

  it('lets a value pass that equals its limit', () => {
    const books = balancedBooks({ created: 25, updated: 50, unchanged: 115, rejected: 10, removed: 10 });
    const facts = { bytes: new Map([['students', 1500]]) };
    expect(measure(books, { facts }).filter((one) => one.breached)).to.deep.equal([]);
    expect(named(measure(balancedBooks({ unchanged: 1 })), 'min_rows').breached).to.equal(false);
  });

  it('takes any change to a known student as an update', () => {
    const books = balancedBooks({
      updated: 10,
      transferred: 10,
      promoted: 10,
      deactivated: 11,
      reactivated: 10,
    });
    expect(named(measure(books), 'max_updated')).to.include({ value: '51%', breached: true });
  });

  it('takes a number as a number of students', () => {
    const books = balancedBooks({ unchanged: 80, removed: 21 });
    const settings = { max_removed: 20 };
    expect(named(measure(books, { settings }), 'max_removed')).to.include({
      limit: '20',
      value: '21',
      breached: true,
    });
  });

  it('does not measure a first run against created, updated and removed, and says so', () => {
    const facts: Partial<MeasureFacts> = { firstRun: true, lastDelivered: new Map(), lastBytes: new Map() };
    const results = measure(balancedBooks({ created: 5000 }), { facts });
    for (const name of ['max_removed', 'max_created', 'max_updated', 'max_size_change'])
      expect(named(results, name)).to.include({ value: 'not measured', breached: false });
    expect(named(results, 'max_created').sentence).to.equal(
      'max_created was not measured: nothing was delivered before.',
    );
    expect(named(results, 'max_rejected').value).to.equal('0%');
  });

  it('measures the size of a first run where an earlier drop is known', () => {
    const facts = { firstRun: true, bytes: new Map([['students', 499]]) };
    const results = measure(balancedBooks({ created: 5000 }), { facts });
    expect(named(results, 'max_size_change')).to.include({ value: '50.1%', breached: true });
  });

  it('takes a number beside max_size_change as bytes', () => {
    const facts = { bytes: new Map([['students', 1201]]) };
    const results = measure(balancedBooks({ unchanged: 100 }), { facts, settings: { max_size_change: 200 } });
    expect(named(results, 'max_size_change')).to.include({ limit: '200', value: '201', breached: true });
  });

  it('does not take a few students that were meant for a drop of everybody', () => {
    const facts: Partial<MeasureFacts> = {
      isPartial: true,
      bytes: new Map([['students', 10]]),
      schools: new Map([
        ['students', new Map([['410', { ...NOBODY, last: 100, removed: 100, removedBySelection: 100 }]])],
      ]),
    };
    const settings = { min_rows: 500, per_school: { max_removed: '5%' } };
    const results = measure(balancedBooks({ created: 30, removed: 90, rejected: 3 }), { facts, settings });
    expect(results.map(({ name, value, breached }) => [name, value, breached])).to.deep.equal([
      ['min_rows', 'not measured', false],
      ['max_rejected', '9.1%', true],
      ['max_removed', 'not measured', false],
      ['max_created', 'not measured', false],
      ['max_updated', 'not measured', false],
      ['max_size_change', 'not measured', false],
      ['school_gone', 'not measured', false],
      ['per_school', 'not measured', false],
    ]);
    expect(named(results, 'min_rows').sentence).to.equal(
      'min_rows was not measured: only some students were meant.',
    );
  });

  it('measures each file against its own limits and its own past', () => {
    const books = new Map([
      ['students', balancedBooks({ unchanged: 1000 })],
      ['contacts', balancedBooks({ unchanged: 90, rejected: 10 })],
    ]);
    const results = measureSafeguards(books, NIGHT, safeguardsSchema.parse({}));
    expect(results.filter((one) => one.breached).map((one) => [one.name, one.file])).to.deep.equal([
      ['max_rejected', 'contacts'],
    ]);
    expect(results.filter((one) => one.name === 'max_removed').map((one) => one.file)).to.deep.equal([
      'students',
    ]);
  });

  describe('rollover', () => {
    const rollover = {
      from: '07-01',
      to: '08-31',
      max_removed: '100%',
      max_created: '100%',
      max_updated: '100%',
    };
    const books = balancedBooks({ created: 60, promoted: 40, removed: 60 });
    const inWindow: [string, boolean][] = [
      ['2026-06-30', false],
      ['2026-07-01', true],
      ['2026-08-31', true],
      ['2026-09-01', false],
    ];
    for (const [businessDate, open] of inWindow) {
      it(`is ${open ? 'open' : 'closed'} on ${businessDate}`, () => {
        const result = named(
          measure(books, { facts: { businessDate }, settings: { rollover } }),
          'max_removed',
        );
        expect(result).to.include({ limit: open ? '100%' : '10%', breached: !open });
      });
    }

    const overNewYear: [string, string][] = [
      ['2026-12-14', '10%'],
      ['2026-12-15', '90%'],
      ['2027-01-10', '90%'],
      ['2027-01-11', '10%'],
    ];
    for (const [businessDate, limit] of overNewYear) {
      it(`may go over the new year: ${limit} on ${businessDate}`, () => {
        const settings = { rollover: { from: '12-15', to: '01-10', max_removed: '90%' } };
        expect(named(measure(books, { facts: { businessDate }, settings }), 'max_removed').limit).to.equal(
          limit,
        );
      });
    }

    it('allows all of the last delivery where it says nothing else, in July and August', () => {
      const allOfIt = {
        from: '07-01',
        to: '08-31',
        max_removed: '100%',
        max_created: '100%',
        max_updated: '100%',
      };
      expect(safeguardsSchema.parse({ rollover: {} }).rollover).to.deep.equal(allOfIt);
      expect(safeguardsSchema.parse({}).rollover).to.equal(undefined);
      const settings = { rollover: { max_created: '25%' } };
      const results = measure(books, { facts: { businessDate: '2026-07-15' }, settings });
      expect(named(results, 'max_created')).to.include({ limit: '25%', breached: true });
      expect(named(results, 'max_updated')).to.include({ limit: '100%', breached: false });
    });

    it('leaves the limits of rows and bytes as they are', () => {
      const facts = { businessDate: '2026-07-15', bytes: new Map([['students', 0]]) };
      const results = measure(balancedBooks({ rejected: 6, promoted: 94 }), {
        facts,
        settings: { rollover },
      });
      expect(results.filter((one) => one.breached).map((one) => one.name)).to.deep.equal([
        'max_rejected',
        'max_size_change',
      ]);
    });
  });
});
