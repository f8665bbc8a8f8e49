import { expect } from 'chai';
import { compileDifferences, type FieldDecision } from '../../src/compare/settle-differences.ts';

const TARGETS = ['name', 'phone', 'street'];
const MINE = ['Ana', '555-1', '1 Elm'];
const THEIRS = ['Ann', '555-2', '2 Oak'];

function settle(
  decided: Record<string, FieldDecision> = {},
  mine = MINE,
  existing: (string | undefined)[] = THEIRS,
) {
  return compileDifferences({
    targets: TARGETS,
    policies: ['new', 'keep_existing', 'review'],
    overwrite: [false, false, false],
    decided: (recordId, field) => (recordId === 'r' ? decided[field] : undefined),
  })('r', mine, existing);
}

describe('compileDifferences', () => {
  it('lets the policy of each field win, and shows both values', () => {
    const { values, conflicts, isOpen } = settle();
    expect(values).to.deep.equal(['Ana', '555-2', '2 Oak']);
    expect(conflicts).to.deep.equal([
      { field: 'name', mine: 'Ana', existing: 'Ann', policy: 'new', kept: 'new' },
      { field: 'phone', mine: '555-1', existing: '555-2', policy: 'keep_existing', kept: 'keep_existing' },
      { field: 'street', mine: '1 Elm', existing: '2 Oak', policy: 'review' },
    ]);
    expect(isOpen).to.equal(true);
  });

  for (const [what, mine, existing] of [
    ['the same value', MINE, MINE],
    ['the same value but for spaces', MINE, ['Ana ', ' 555-1', '1 Elm']],
    ['blanks of the other side', MINE, ['', ' ', undefined]],
  ] as const)
    it(`sees no conflict in ${what}`, () => {
      expect(settle({}, [...mine], [...existing])).to.deep.equal({
        values: mine,
        conflicts: [],
        isOpen: false,
      });
    });

  it('keeps what the other side has where ours is blank, unless a blank clears it', () => {
    const options = { targets: TARGETS, policies: ['new', 'new', 'new'], decided: () => undefined } as const;
    const settleBlanks = (overwrite: boolean[]) =>
      compileDifferences({ ...options, overwrite })('r', ['', ' ', ''], ['Ann', undefined, '2 Oak']);
    const nothing = { conflicts: [], isOpen: false };
    expect(settleBlanks([false, false, false])).to.deep.equal({ values: ['Ann', '', '2 Oak'], ...nothing });
    expect(settleBlanks([false, true, true])).to.deep.equal({ values: ['Ann', ' ', ''], ...nothing });
  });

  for (const [what, wins, value, kept] of [
    ['ours', 'new', '1 Elm', 'new'],
    ['theirs', 'keep_existing', '2 Oak', 'keep_existing'],
    ['a corrected value', { value: '3 Ash' }, '3 Ash', 'corrected'],
  ] as const)
    it(`takes a decision: ${what}`, () => {
      const { values, conflicts, isOpen } = settle({ street: { wins, about: '1 Elm' } });
      expect(values[2]).to.equal(value);
      expect(conflicts[2]).to.have.property('kept', kept);
      expect(isOpen).to.equal(false);
    });

  it('lets a decision stand over a policy', () => {
    expect(settle({ phone: { wins: 'new', about: '555-1' } }).values[1]).to.equal('555-1');
  });

  it('asks again when our value is another one', () => {
    const { values, isOpen } = settle({ street: { wins: 'new', about: '9 Fir' } });
    expect(values[2]).to.equal('2 Oak');
    expect(isOpen).to.equal(true);
  });
});
