import { asAppError } from '../errors/app-error.ts';
import type { Logger } from '../log/logger.ts';
import type { Trigger } from '../vocabulary/run.ts';
import type { DaemonTools, Job, LookResult } from './job.ts';

export interface JobLoop {
  /** Asks for a look now; asked for during a look, one more follows. */
  nudge(trigger: Trigger): void;
  /** Looks now, and again each time the interval has passed since the last look ended. */
  repeat(trigger: Trigger, everyMs: number): void;
  /** When no look is at work. */
  idle(): Promise<void>;
  /** Whether the last look failed, or one that was asked for never began. */
  isOwing(): boolean;
}

/** A refused login or a changed host key is for a person: asking more often locks accounts and fills logs. */
const AFTER_FINAL_TROUBLE_MS = 15 * 60_000;
const LONGEST_WAIT_MS = 5 * 60_000;

export function openJobLoop(job: Job, tools: DaemonTools): JobLoop {
  const { clock, signal, logger } = tools;
  let working: Promise<void> | undefined;
  let isAskedAgain: Trigger | undefined;
  let troubles = 0;
  let quietUntilMs = 0;
  let isDropped = false;

  function nudge(trigger: Trigger): void {
    if (signal.aborted) isDropped = true;
    if (signal.aborted || clock.monotonicMs() < quietUntilMs) return;
    if (working) {
      isAskedAgain = trigger;
      return;
    }
    working = look(trigger).finally(() => {
      working = undefined;
      const again = isAskedAgain;
      isAskedAgain = undefined;
      if (again) nudge(again);
    });
  }

  async function look(trigger: Trigger): Promise<void> {
    putOff(await lookSafely(job, trigger, logger), trigger);
  }

  /** Then it looks again by itself: what failed at half past two must not wait for the next night. */
  function putOff(result: LookResult, trigger: Trigger): void {
    troubles = result.kind === 'trouble' ? troubles + 1 : 0;
    if (result.kind !== 'trouble') return;
    const waitMs = result.isFinal ? AFTER_FINAL_TROUBLE_MS : waitAfter(troubles, job.pollMs);
    quietUntilMs = clock.monotonicMs() + waitMs;
    clock.sleep(waitMs, signal).then(
      () => {
        // A timer may fire a moment early, and the nudge must not be lost to that.
        quietUntilMs = 0;
        nudge(trigger);
      },
      () => undefined,
    );
  }

  return {
    nudge,
    repeat(trigger, everyMs) {
      const lookAround = async () => {
        nudge(trigger);
        await working;
      };
      comeAround({ lookAround, everyMs }, tools);
    },
    idle: async () => working,
    isOwing: () => troubles > 0 || isDropped,
  };
}

/** What breaks a look off is a defect, and no reason to look never again. */
async function lookSafely(job: Job, trigger: Trigger, logger: Logger): Promise<LookResult> {
  try {
    return await job.look(trigger);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    logger.error({ connection: job.name, code, message }, 'a look broke off');
    return { kind: 'trouble', code, isFinal: false };
  }
}

/** Doubles while trouble lasts, with some chance in it so that many connections do not come back as one. */
function waitAfter(troubles: number, pollMs: number): number {
  const doubled = Math.min(LONGEST_WAIT_MS, pollMs * 2 ** Math.min(troubles - 1, 10));
  return doubled * (0.5 + Math.random() / 2);
}

interface Round {
  lookAround(): Promise<void>;
  everyMs: number;
}

/** The interval counts from the end of a look, so that a slow one is not followed at once by the next. */
async function comeAround({ lookAround, everyMs }: Round, { clock, signal }: DaemonTools): Promise<void> {
  while (!signal.aborted) {
    await lookAround();
    await clock.sleep(everyMs, signal).catch(() => undefined);
  }
}
