import { tellStories } from './tell-stories.ts';

/** In a process of its own, so that both halves of the night are told at once. */
describe('the simulator, the other half of the night', () => {
  it('brings each drop to the other side once, or visibly not, in 50000 stories', async function () {
    if (process.env.NIGHTLY !== '1') return this.skip();
    this.timeout(0);
    await tellStories(1_000_000, 50_000);
  });
});
