import { expect } from 'chai';
import fc from 'fast-check';
import { printOf, readKey, writeKey } from '../../src/review/question-key.ts';
import { item } from '../builders/review.ts';

const text = fc.string({ unit: 'binary' });
const key = fc.record({
  kind: fc.constantFrom('match', 'left_out'),
  file: text,
  id: text,
  field: text,
  number: fc.integer({ min: 1, max: 1e6 }),
  print: fc.array(text).map((values) => printOf(item({ values }))),
});

describe('review/question-key', () => {
  it('reads what it wrote, of any id', () => {
    fc.assert(
      fc.property(key, (one) => {
        expect(readKey(` ${writeKey(one)} `)).to.deep.equal(one);
      }),
    );
  });

  it('has nothing that a spreadsheet or a CSV could change', () => {
    fc.assert(
      fc.property(key, (one) => {
        expect(writeKey(one)).to.match(/^[a-z][\w.~/-]*$/);
      }),
    );
  });

  it('is no key where a part is missing, added or of another form', () => {
    for (const wrong of [
      '',
      'x',
      'match/students/1//1',
      'match/students/1//0/v1',
      'match/students/1//1/v1/2',
    ])
      expect(readKey(wrong)).to.equal(undefined);
    expect(readKey('match/students/1//1/1')).to.equal(undefined);
  });

  it('tells other values apart, and how they are parted', () => {
    const prints = [['a', 'b'], ['ab'], ['a', 'b', ''], ['b', 'a'], []].map((values) =>
      printOf(item({ values })),
    );
    expect(new Set(prints).size).to.equal(prints.length);
    expect(printOf(item({ existing: '1' }))).to.not.equal(printOf(item()));
  });
});
