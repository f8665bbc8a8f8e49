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
});
