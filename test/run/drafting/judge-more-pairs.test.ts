import { judgePairs } from './random/judge-pairs.ts';

/** In a process of its own, so that both halves of the night are judged at once. */
describe('run/drafting/judge-bytes, the other half of the night', () => {
  it('enters the same of 500000 random mappings and files', async function () {
    if (process.env.NIGHTLY !== '1') return this.skip();
    this.timeout(0);
    await judgePairs(1_000_000, 500_000);
  });
});
