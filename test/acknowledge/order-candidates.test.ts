import { expect } from 'chai';
import { type CandidateRun, orderCandidates } from '../../src/acknowledge/order-candidates.ts';

function delivery(night: number, about: Partial<CandidateRun> = {}): CandidateRun {
  return {
    id: `run${night}`,
    files: ['students.csv'],
    deliveredMs: night * 100,
    isAnswered: false,
    ...about,
  };
}

function order(runs: readonly CandidateRun[], about: object = {}): string[] {
  const result = { name: 'result.csv', modifiedMs: 1000, answeredBefore: undefined, ...about };
  return orderCandidates(result, runs).map(({ id }) => id);
}

describe('orderCandidates', () => {
  it('begins with the last delivery that has no answer', () => {
    expect(order([delivery(3, { isAnswered: true }), delivery(2), delivery(1)])).to.deep.equal([
      'run2',
      'run1',
      'run3',
    ]);
  });

  it('prefers what was delivered before the file was written', () => {
    expect(order([delivery(3), delivery(2), delivery(1)], { modifiedMs: 250 })).to.deep.equal([
      'run2',
      'run1',
      'run3',
    ]);
  });

  it('believes a name that says which it is', () => {
    const runs = [
      delivery(2, { files: ['students_2026-11-22.csv'] }),
      delivery(1, { files: ['students_2026-11-21.csv'] }),
    ];
    expect(order(runs, { name: 'result_students_2026-11-21.csv' })[0]).to.equal('run1');
    expect(order(runs, { name: 'result of run1.txt' })[0]).to.equal('run1');
    // A name that every night has says nothing.
    expect(order([delivery(2), delivery(1)], { name: 'students result.csv' })[0]).to.equal('run2');
  });

  it('takes the same bytes again only for a delivery since, and only where they were written after it', () => {
    const runs = [delivery(3), delivery(2, { isAnswered: true }), delivery(1)];
    expect(order(runs, { answeredBefore: 'run2' })).to.deep.equal(['run3']);
    expect(order(runs, { answeredBefore: 'run2', modifiedMs: 250 })).to.deep.equal([]);
  });
});
