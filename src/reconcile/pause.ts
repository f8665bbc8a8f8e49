import { openWindow } from './day-window.ts';
import type { PauseSettings } from './schema.ts';

export interface Pause {
  /** `stop` carries nothing; `additions_only` sends students who were never delivered, and nobody else anew. */
  mode: 'stop' | 'additions_only';
  /** As a person wrote it; blank where none was given. */
  reason: string;
  /** yyyy-MM-dd, the first day. */
  from: string;
  /** yyyy-MM-dd, the last day. */
  until: string;
}

/**
 * The pause of this day; undefined where there is none.
 * Where several are open, `stop` wins over `additions_only`, and of one mode the one that lasts longest.
 * @param businessDate yyyy-MM-dd
 */
export function pauseOn(businessDate: string, pauses: readonly PauseSettings[]): Pause | undefined {
  const open = pauses.flatMap((pause) => {
    const span = openWindow(businessDate, pause);
    return span ? [{ mode: pause.mode, reason: pause.reason ?? '', ...span }] : [];
  });
  return open.toSorted(byStrictness)[0];
}

function byStrictness(one: Pause, other: Pause): number {
  if (one.mode !== other.mode) return one.mode === 'stop' ? -1 : 1;
  if (one.until === other.until) return 0;
  return one.until > other.until ? -1 : 1;
}

const MEANS = {
  stop: 'nothing is carried',
  additions_only: 'only students who were never delivered are sent',
} as const;

/** The pause for a person. */
export function describePause({ mode, reason, from, until }: Pause): string {
  const why = reason === '' ? '' : ` (${reason})`;
  return `Paused from ${from} to ${until}${why}: ${MEANS[mode]}.`;
}
