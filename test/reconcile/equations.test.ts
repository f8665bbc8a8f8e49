import { expect } from 'chai';
import fc from 'fast-check';
import { type BalanceFacts, findImbalances } from '../../src/reconcile/equations.ts';
import type { FileBooks, Totals } from '../../src/vocabulary/totals.ts';
import { balancedBooks } from './books.ts';

const NONE: ReadonlyMap<string, number> = new Map();

function factsFor(books: FileBooks, given: Partial<BalanceFacts> = {}): BalanceFacts {
  const outputs = [{ name: 'students', rows: books.totals.delivered }];
  return { deliver: 'full', outputs, deactivationsSent: NONE, ...given };
}

function imbalancesOf(books: FileBooks, facts = factsFor(books)): string[] {
  return findImbalances(new Map([['students', books]]), facts);
}

describe('reconcile/equations', () => {
  const full = { rejected: 3, duplicate: 1, ineligible: 4, held: 2, created: 5, updated: 6, unchanged: 70 };

  it('finds nothing in books that balance', () => {
    const books = balancedBooks({ ...full, transferred: 1, promoted: 2, deactivated: 1, reactivated: 1 });
    expect(imbalancesOf(books)).to.deep.equal([]);
  });

  const spoiled: [keyof Totals, string][] = [
    ['read', 'students: read is 92, but rejected + duplicate + ineligible + held + carried is 91.'],
    ['held', 'students: read is 91, but rejected + duplicate + ineligible + held + carried is 92.'],
    [
      'created',
      'students: carried is 81, but created + updated + unchanged + transferred + promoted + deactivated + reactivated is 82.',
    ],
    ['removed', 'students: removed is 1, but absent + ineligible is 0.'],
    [
      'carried_forward',
      'students: delivered is 81, but carried + carried_forward + deactivations sent for the removed is 82.',
    ],
  ];
  for (const [total, sentence] of spoiled) {
    it(`names the equation that one ${total} too many breaks`, () => {
      const books = balancedBooks(full);
      books.totals[total] += 1;
      expect(imbalancesOf(books, factsFor(balancedBooks(full)))).to.deep.equal([sentence]);
    });
  }

  it('holds reasons and codes against their totals', () => {
    const books = balancedBooks(full);
    books.ineligible.school = 1;
    books.rejected.bad_date = 1;
    expect(imbalancesOf(books)).to.deep.equal([
      'students: rejected is 3, but the sum of its codes is 4.',
      'students: ineligible is 4, but the sum of its reasons is 5.',
    ]);
  });

  it('leaves unchanged and carried forward out of a delivery of changes', () => {
    const books = balancedBooks({ ...full, carried_forward: 9 });
    books.totals.delivered = 11;
    expect(imbalancesOf(books, factsFor(books, { deliver: 'changes' }))).to.deep.equal([]);
    expect(imbalancesOf(books, factsFor(books, { deliver: 'full' }))).to.have.length(1);
  });

  it('counts the last rows that were sent for removed students', () => {
    const books = balancedBooks({ ...full, removed: 3, deactivationsSent: 3 });
    const deactivationsSent = new Map([['students', 3]]);
    expect(imbalancesOf(books, factsFor(books, { deactivationsSent }))).to.deep.equal([]);
    expect(imbalancesOf(books)).to.have.length(1);
  });

  it('adds up several outbound files of one name', () => {
    const books = balancedBooks(full);
    const outputs = [
      { name: 'students', rows: 80 },
      { name: 'students', rows: 1 },
    ];
    expect(imbalancesOf(books, factsFor(books, { outputs }))).to.deep.equal([]);
    expect(imbalancesOf(books, factsFor(books, { outputs: outputs.slice(1) }))).to.deep.equal([
      'students: delivered is 81, but the rows of the outbound file is 1.',
    ]);
  });

  it('misses an outbound file where rows were delivered, and needs none where there were none', () => {
    expect(imbalancesOf(balancedBooks(full), factsFor(balancedBooks(full), { outputs: [] }))).to.have.length(
      1,
    );
    expect(
      imbalancesOf(balancedBooks({ rejected: 2 }), factsFor(balancedBooks(), { outputs: [] })),
    ).to.deep.equal([]);
  });

  it('refuses an outbound file that no books stand behind', () => {
    const outputs = [
      { name: 'students', rows: 0 },
      { name: 'staff', rows: 0 },
    ];
    expect(imbalancesOf(balancedBooks(), factsFor(balancedBooks(), { outputs }))).to.deep.equal([
      'staff: an outbound file was drafted, but no row was booked for it.',
    ]);
  });

  it("holds the books against the parser's own count", () => {
    const books = balancedBooks(full);
    expect(imbalancesOf(books, factsFor(books, { rowsRead: new Map([['students', 91]]) }))).to.deep.equal([]);
    expect(imbalancesOf(books, factsFor(books, { rowsRead: new Map([['students', 92]]) }))).to.deep.equal([
      'students: read is 91, but the rows that the parser counted is 92.',
    ]);
  });

  it('refuses two wrong counts that cancel out', () => {
    const books = balancedBooks({ created: -2, updated: 2 });
    expect(imbalancesOf(books)).to.deep.equal(['students: created is -2, which is no count.']);
    expect(imbalancesOf(balancedBooks({ created: Number.NaN }))).to.include(
      'students: created is NaN, which is no count.',
    );
  });

  it('balances whatever was counted, until any one number is moved', () => {
    const count = fc.nat(1_000_000);
    const parts = fc.record({
      rejected: count,
      duplicate: count,
      ineligible: count,
      held: count,
      created: count,
      updated: count,
      unchanged: count,
      transferred: count,
      promoted: count,
      deactivated: count,
      reactivated: count,
      removed: count,
      carried_forward: count,
    });
    const names = Object.keys(balancedBooks().totals) as (keyof Totals)[];
    fc.assert(
      fc.property(parts, fc.constantFrom(...names), fc.integer({ min: 1, max: 9 }), (given, moved, by) => {
        const books = balancedBooks(given);
        const facts = factsFor(books);
        expect(imbalancesOf(books, facts)).to.deep.equal([]);
        books.totals[moved] += by;
        expect(imbalancesOf(books, facts)).to.not.deep.equal([]);
      }),
    );
  });
});
