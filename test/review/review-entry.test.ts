import { expect } from 'chai';
import { asReviewEntry } from '../../src/review/review-entry.ts';
import { entriesOf, ITEMS, item } from '../builders/review.ts';

describe('review/review-entry', () => {
  it('reads what a run writes', () => {
    for (const entry of entriesOf(ITEMS))
      expect(asReviewEntry(JSON.parse(JSON.stringify(entry)))).to.deep.equal(entry);
    const later = { kind: 'item', item: { ...item(), colour: 'red' }, shape: 'round' };
    expect(asReviewEntry(later)).to.deep.equal({ kind: 'item', item: item() });
  });

  const WRONG: readonly [what: string, value: unknown][] = [
    ['nothing', undefined],
    ['a text', 'item'],
    ['an unknown kind', { kind: 'question', item: item() }],
    ['a file without fields', { kind: 'file', file: 'students' }],
    ['an item of no kind', { kind: 'item', item: { ...item(), kind: 'toString' } }],
    ['an item without values', { kind: 'item', item: { ...item(), values: undefined } }],
    [
      'a candidate without a score',
      { kind: 'item', item: { ...item(), candidates: [{ id: '1', why: '' }] } },
    ],
    ['a choice that nobody knows', { kind: 'item', item: { ...item(), choices: ['perhaps'] } }],
  ];
  for (const [what, value] of WRONG) {
    it(`takes ${what} for no entry`, () => {
      expect(asReviewEntry(value)).to.equal(undefined);
    });
  }
});
