import type { LoadedConnection } from '../../config/load-connection.ts';
import { describePause, type Pause, pauseOn } from '../../reconcile/pause.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { dateInZone } from '../../time/wall-time.ts';

export interface PauseWatch {
  /** Whether a pause that carries nothing is in force; logs one line when one begins, and one when it ends. */
  isStopped(nowMs: number): boolean;
}

/** Looks at once, so that a start in the middle of the summer says why nothing happens. */
export function openPauseWatch(
  { name, settings }: LoadedConnection,
  { zone, logger, clock }: Pick<RunTools, 'zone' | 'logger' | 'clock'>,
): PauseWatch {
  let running: Pause | undefined;
  function isStopped(nowMs: number): boolean {
    const found = pauseOn(dateInZone(nowMs, zone), settings.pause ?? []);
    const stops = found?.mode === 'stop' ? found : undefined;
    if (running && running.until !== stops?.until)
      logger.info({ connection: name, from: running.from, until: running.until }, 'the pause is over');
    if (stops && running?.until !== stops.until)
      logger.info({ connection: name, from: stops.from, until: stops.until }, describePause(stops));
    running = stops;
    return stops !== undefined;
  }
  isStopped(clock.now());
  return { isStopped };
}
