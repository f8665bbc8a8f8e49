import type { Logger } from '../log/logger.ts';
import type { Clock } from '../time/clock.ts';
import type { Trigger } from '../vocabulary/run.ts';
import type { ScheduleSettings } from './schema.ts';

/** What a look came to. Trouble puts the next look off, and leaves a due time owed. */
export type LookResult = { kind: 'done' } | { kind: 'trouble'; code: string; isFinal: boolean };

export interface Job {
  name: string;
  schedule: ScheduleSettings;
  /** IANA; the zone of a cron schedule. */
  zone: string;
  /**
   * Of a cron schedule: until when its due times have been looked after, in milliseconds since 1970. What was due since
   * then was missed. Left out: nothing was. Asked when the job begins, after an earlier job of this name has ended.
   */
  lookedUntil?(): Promise<number | undefined>;
  /** Called with that instant when the job ends and nothing is owed. */
  noteLooked?(atMs: number): Promise<void>;
  /** A local folder whose events may nudge. */
  watchFolder?: string;
  /** How often a watched source is looked at, whatever its events say. */
  pollMs: number;
  look(trigger: Trigger): Promise<LookResult>;
}

export interface DaemonTools {
  clock: Clock;
  logger: Logger;
  /** Aborted: no further look begins, and the daemon ends when the looks at work have. */
  signal: AbortSignal;
}
