import { expect } from 'chai';
import { compileMatchDecision, type RememberedMatch } from '../../src/compare/decide-match.ts';
import { findDoubleClaims } from '../../src/compare/find-double-claims.ts';
import type { MatchAnswer } from '../../src/compare/match-people.ts';

const STUDENTS = new Set(['A', 'B', 'C']);
const candidate = (id: string) => ({ id, score: 93, why: [] });
const none: MatchAnswer = { kind: 'none' };
const isA: MatchAnswer = { kind: 'identified', id: 'A' };
const likeA: MatchAnswer = { kind: 'potential', candidates: [candidate('A')] };
const likeAB: MatchAnswer = { kind: 'potential', candidates: [candidate('A'), candidate('B')] };

function decide(
  decided: RememberedMatch | undefined,
  answer: MatchAnswer,
  unresolved: 'hold_record' | 'hold_run' = 'hold_record',
) {
  const remembered = (id: string) => (id === 'r' ? decided : undefined);
  return compileMatchDecision({ unresolved, remembered, has: (id) => STUDENTS.has(id) })('r', answer);
}

describe('compileMatchDecision', () => {
  for (const [what, decided, answer, expected] of [
    ['the same id', undefined, isA, 'update A by identify'],
    ['nobody like it', undefined, none, 'create by no_likeness'],
    ['one likely match', undefined, likeA, 'hold'],
    ['two likely matches', undefined, likeAB, 'hold'],
    ['a decided match', { choice: 'match:A' }, likeAB, 'update A by decision'],
    ['a decided match that nothing suggests', { choice: 'match:C' }, none, 'update C by decision'],
    ['a decided match that the id confirms', { choice: 'match:A' }, isA, 'update A by decision'],
    ['a decided match, another id', { choice: 'match:B' }, isA, 'hold'],
    ['a decided match who is gone', { choice: 'match:Z' }, likeA, 'hold'],
    ['decided new', { choice: 'new', shown: ['A'] }, likeA, 'create by decision'],
    ['decided new, likeness gone', { choice: 'new', shown: ['A'] }, none, 'create by decision'],
    ['decided new, somebody else turned up', { choice: 'new', shown: ['A'] }, likeAB, 'hold'],
    ['decided new against everybody', { choice: 'new' }, likeAB, 'create by decision'],
    ['decided new, at the other side by now', { choice: 'new', shown: [] }, isA, 'update A by identify'],
    ['left out', { choice: 'leave_out' }, isA, 'leave_out by decision'],
  ] as const)
    it(`${what}: ${expected}`, () => {
      const resolution = decide(decided, answer);
      const words = [
        resolution.kind,
        ...(resolution.kind === 'update' ? [resolution.id] : []),
        ...(resolution.kind === 'hold' ? [] : ['by', resolution.by]),
      ];
      expect(words.join(' ')).to.equal(expected);
    });

  it('holds the record or the run, with the candidates', () => {
    const resolution = decide(undefined, likeAB);
    expect(resolution).to.deep.include({ kind: 'hold', holds: 'record' });
    expect(resolution).to.have.property('candidates').with.length(2);
    expect(decide(undefined, likeA, 'hold_run')).to.deep.include({ kind: 'hold', holds: 'run' });
  });

  it('shows both sides of a contradiction', () => {
    const resolution = decide({ choice: 'match:B' }, isA);
    const ids = resolution.kind === 'hold' ? resolution.candidates.map(({ id }) => id) : [];
    expect(ids).to.deep.equal(['B', 'A']);
  });

  it('passes a doubt on', () => {
    expect(decide(undefined, { ...isA, doubt: 'why' })).to.have.property('doubt', 'why');
    expect(decide(undefined, isA)).to.not.have.property('doubt');
  });
});

describe('findDoubleClaims', () => {
  it('names every record that shares a student with another one', () => {
    const claims = [
      { recordId: 'r1', studentId: 'A' },
      { recordId: 'r2', studentId: 'B' },
      { recordId: 'r3', studentId: 'A' },
      { recordId: 'r2', studentId: 'B' },
    ];
    expect([...findDoubleClaims(claims)].sort()).to.deep.equal(['r1', 'r3']);
    expect([...findDoubleClaims(claims.toReversed())].sort()).to.deep.equal(['r1', 'r3']);
    expect(findDoubleClaims([]).size).to.equal(0);
  });
});
