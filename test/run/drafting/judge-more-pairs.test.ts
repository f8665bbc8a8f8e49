import { expect } from 'chai';
import { judgePairs, ONLY_SEED } from './random/judge-pairs.ts';

const FIRST = 1_000_000;
const QUICK = 5000;
const NIGHTLY = 500_000;

/** In a process of its own, so that both halves are judged at once. */
describe('run/drafting/judge-bytes, the other half', () => {
  it(`enters the same of ${QUICK} random mappings and files`, async function () {
    this.timeout(120_000);
    const { pairs } = await judgePairs(FIRST, QUICK);
    expect(pairs).to.equal(ONLY_SEED === undefined ? QUICK : 1);
  });

  it(`and of ${NIGHTLY} more`, async function () {
    if (process.env.NIGHTLY !== '1') return this.skip();
    this.timeout(0);
    await judgePairs(FIRST + QUICK, NIGHTLY);
  });
});
