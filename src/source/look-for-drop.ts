import type { Clock } from '../time/clock.ts';
import { durationMs } from '../time/duration.ts';
import { chooseDrop, type DropFound } from './choose-drop.ts';
import { filesThatCome, type SourceSettings } from './schema.ts';
import { openSettledWatch } from './settled-watch.ts';
import type { Source } from './source.ts';

/** The parts of a connection's settings that say what its drop is. */
export interface DropSettings {
  source: SourceSettings;
  files: Readonly<Record<string, { match?: string | undefined; required: boolean }>>;
}

/**
 * One look that answers now, or after the quiet time where it has to see that nothing grows.
 * Throws what the source throws, `ambiguous_drop`, and the signal's AbortError.
 */
export async function lookForDrop(
  source: Source,
  settings: DropSettings,
  tools: { clock: Clock; signal: AbortSignal },
): Promise<DropFound> {
  const { clock, signal } = tools;
  const { ready, after, within } = settings.source;
  const files = filesThatCome(settings.files);
  const watch = openSettledWatch(ready);
  const look = async () => {
    const begunMs = clock.monotonicMs();
    const listing = await source.list();
    const endedMs = clock.monotonicMs();
    return { listing, endedMs, readiness: watch.look(listing, { begunMs, endedMs }) };
  };
  const rules = {
    newestFirst: after === 'leave',
    marker: 'marker' in ready ? ready.marker : undefined,
    decrypts: settings.source.decrypt !== undefined,
    withinMs: within === undefined ? undefined : durationMs(within),
  };
  const first = await look();
  if ('marker' in ready) return chooseDrop(first.listing, files, { ...rules, readiness: first.readiness });
  // Nothing there, or something lacking: then waiting would change nothing.
  const atBest = chooseDrop(first.listing, files, { ...rules, readiness: () => 'settled' });
  if (atBest.state !== 'whole') return atBest;
  await waitUntil(clock, first.endedMs + durationMs(ready.quiet), signal);
  const second = await look();
  return chooseDrop(second.listing, files, { ...rules, readiness: second.readiness });
}

/** Timers may fire a moment early, and a look that comes early has seen nothing. */
export async function waitUntil(clock: Clock, monotonicMs: number, signal: AbortSignal): Promise<void> {
  for (let left = monotonicMs - clock.monotonicMs(); left > 0; left = monotonicMs - clock.monotonicMs())
    await clock.sleep(Math.ceil(left), signal);
}
