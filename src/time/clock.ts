import { setTimeout as wait } from 'node:timers/promises';

/** What time it is, handed to whoever needs it, so that a test can say it. */
export interface Clock {
  /** Milliseconds since 1970 in UTC; may jump when the machine's clock is set. */
  now(): number;
  /** Milliseconds that only ever grow: for measuring how long something took. */
  monotonicMs(): number;
  /** Ends after at least `ms`; throws the signal's AbortError as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Timers of the platform fire at once when they are told to wait longer. */
const LONGEST_WAIT_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  async sleep(ms, signal) {
    let leftMs = Math.max(ms, 0);
    do {
      const stepMs = Math.min(leftMs, LONGEST_WAIT_MS);
      await wait(stepMs, undefined, signal ? { signal } : {});
      leftMs -= stepMs;
    } while (leftMs > 0);
  },
};
