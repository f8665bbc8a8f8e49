import { expect } from 'chai';
import {
  type MeasureFacts,
  measureSafeguards,
  type SafeguardResult,
} from '../../src/reconcile/safeguards.ts';
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

    it('leaves a limit that the window does not name as it is', () => {
      const settings = { rollover: { from: '07-01', to: '08-31', max_removed: '100%' } };
      const facts = { businessDate: '2026-07-15' };
      expect(named(measure(books, { facts, settings }), 'max_created').limit).to.equal('25%');
    });
  });
});
