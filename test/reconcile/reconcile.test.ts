import { expect } from 'chai';
import { type ReconcileFacts, reconcile } from '../../src/reconcile/reconcile.ts';
import { safeguardsSchema } from '../../src/reconcile/schema.ts';
import type { FileBooks } from '../../src/vocabulary/totals.ts';
import { balancedBooks } from './books.ts';

function decide(books: FileBooks, settings: object = {}, given: Partial<ReconcileFacts> = {}) {
  const facts: ReconcileFacts = {
    deliver: 'full',
    outputs: [{ name: 'students', rows: books.totals.delivered }],
    deactivationsSent: new Map(),
    businessDate: '2026-11-22',
    firstRun: true,
    bytes: new Map([['students', 1000]]),
    ...given,
  };
  return reconcile(new Map([['students', books]]), facts, safeguardsSchema.parse(settings));
}

describe('reconcile/reconcile', () => {
  const good = balancedBooks({ created: 100 });
  const breached = balancedBooks({ created: 94, rejected: 6 });

  it('releases books that balance within their limits', () => {
    expect(decide(good)).to.deep.include({ balanced: true, verdict: 'release', reasons: [], imbalances: [] });
  });

  it('fails books that do not balance, whatever the limits say', () => {
    const books = balancedBooks({ created: 100 });
    books.totals.read = 101;
    const decision = decide(books, { on_breach: 'hold', review: 'always' });
    expect(decision).to.include({ balanced: false, verdict: 'fail', failure: 'out_of_balance' });
    expect(decision.reasons).to.deep.equal(decision.imbalances).and.have.length(1);
    expect(decision.safeguards).to.deep.equal([]);
  });

  it('fails, not throws, on counts that are broken', () => {
    expect(decide(balancedBooks({ rejected: Number.NaN }))).to.include({ failure: 'out_of_balance' });
  });

  it('holds at a breach, and says what was measured', () => {
    const decision = decide(breached);
    expect(decision).to.include({ balanced: true, verdict: 'hold' }).and.not.have.property('failure');
    expect(decision.reasons).to.deep.equal([
      'students: 6 of 100 rows rejected (6%); max_rejected allows 5%.',
    ]);
  });

  it('fails at a breach where on_breach says so', () => {
    const decision = decide(breached, { on_breach: 'fail', review: 'always' });
    expect(decision).to.include({ verdict: 'fail', failure: 'safeguard' });
    expect(decision.reasons).to.have.length(1);
  });

  it('holds every delivery under review: always, and a run without one not', () => {
    expect(decide(good, { review: 'always' })).to.include({ verdict: 'hold' });
    const nothing = balancedBooks({ ineligible: 10 });
    expect(decide(nothing, { review: 'always' }, { outputs: [] })).to.include({ verdict: 'release' });
  });

  it('holds where another room asks for a person', () => {
    const holds = ['Three potential matches wait for a decision.'];
    expect(decide(good, {}, { holds })).to.deep.include({ verdict: 'hold', reasons: holds });
  });

  describe('an accident that was recognised', () => {
    const known: Partial<ReconcileFacts> = {
      firstRun: false,
      lastDelivered: new Map([['students', 100]]),
      explained: { sentence: 'Every id is new.', safeguards: ['max_removed', 'max_created'] },
    };
    const books = balancedBooks({ created: 94, rejected: 6, removed: 94 });

    it('is the first reason, and the breaches that it explains are none', () => {
      const decision = decide(books, { review: 'always' }, known);
      expect(decision.verdict).to.equal('hold');
      expect(decision.reasons).to.deep.equal([
        'Every id is new.',
        'students: 6 of 100 rows rejected (6%); max_rejected allows 5%.',
        'Every delivery of this connection waits for a person (review: always).',
      ]);
      expect(decision.safeguards.filter((one) => one.breached).map((one) => one.name)).to.deep.equal([
        'max_rejected',
        'max_removed',
        'max_created',
      ]);
    });

    it('fails where on_breach says so', () => {
      const decision = decide(books, { on_breach: 'fail' }, known);
      expect(decision).to.include({ verdict: 'fail', failure: 'safeguard' });
      expect(decision.reasons[0]).to.equal('Every id is new.');
      expect(decision.reasons).to.have.length(2);
    });

    it('holds by itself, where no limit is breached', () => {
      expect(decide(good, {}, { explained: { sentence: 'x', safeguards: [] } })).to.deep.include({
        verdict: 'hold',
        reasons: ['x'],
      });
    });
  });

  it('holds where a school is gone, and names at most ten', () => {
    const gone = { last: 20, carried: 0, created: 0, changed: 0, removed: 20, removedBySelection: 0 };
    const schools = (count: number) =>
      new Map([['students', new Map(Array.from({ length: count }, (_, at) => [`S${at + 100}`, gone]))]]);
    const facts = { firstRun: false, lastDelivered: new Map([['students', 100_000]]) };
    const one = decide(good, {}, { ...facts, schools: schools(1) });
    expect(one.verdict).to.equal('hold');
    expect(one.reasons).to.deep.equal([
      'School S100 is gone: no row of it is carried any more, which removes 20 students who were delivered last time; they are listed in changes.csv and in the review.',
    ]);
    const many = decide(good, {}, { ...facts, schools: schools(300) });
    expect(many.safeguards.filter((result) => result.breached)).to.have.length(300);
    expect(many.reasons).to.have.length(11);
    expect(many.reasons[10]).to.equal(
      'Limits of schools are breached 290 times more; the report lists each.',
    );
    expect(decide(good, { on_breach: 'fail' }, { ...facts, schools: schools(1) })).to.include({
      failure: 'safeguard',
    });
  });
});
