import { expect } from 'chai';
import { systemClock } from '../../src/time/clock.ts';

describe('systemClock', () => {
  it('sleeps at least as long as it was told', async () => {
    const from = systemClock.monotonicMs();
    await systemClock.sleep(15);
    // Timers may fire a fraction of a millisecond early.
    expect(systemClock.monotonicMs() - from).to.be.greaterThan(13);
    await systemClock.sleep(0);
    await systemClock.sleep(-5);
  });

  it('wakes at once when it is aborted, however long the sleep', async () => {
    const abort = new AbortController();
    const sleeping = systemClock.sleep(90 * 86_400_000, abort.signal).catch((error: unknown) => error);
    abort.abort();
    expect(await sleeping).to.have.property('name', 'AbortError');
  });

  it('tells the time of the machine', () => {
    expect(Math.abs(systemClock.now() - Date.now())).to.be.lessThan(1000);
  });
});
