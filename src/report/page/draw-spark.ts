import { line } from 'd3-shape';
import { raw } from 'hono/html';
import { type Markup, markup } from '../markup.ts';

const WIDTH = 120;
const HEIGHT = 26;
const EDGE = 3;
/** Fewer points are no line. */
const FEWEST = 3;

export interface Spark {
  /** The oldest first, this run last; a gap where nothing was measured. */
  values: readonly (number | undefined)[];
  /** Drawn as a dashed line where it is near enough to tell something. */
  limit?: number | undefined;
  isBreached?: boolean;
  /** Says in words what the line shows. */
  words: string;
}

/** A small line of what was measured run after run; blank where there is nothing to compare with. */
export function drawSpark({ values, limit, isBreached = false, words }: Spark): Markup {
  const known = values.filter((value) => value !== undefined);
  const last = values.at(-1);
  if (known.length < FEWEST || last === undefined) return markup``;
  const scale = scaleOf(known, limit);
  const x = (at: number) => round(EDGE + (at / (values.length - 1)) * (WIDTH - 2 * EDGE));
  const path = line<number | undefined>()
    .defined((value) => value !== undefined)
    .x((_, at) => x(at))
    .y((value) => scale(value ?? 0));
  const bound = limit === undefined ? undefined : scale(limit);
  const border =
    bound === undefined || bound < 0
      ? markup``
      : markup`<line class="limit" x1="0" x2="${WIDTH}" y1="${bound}" y2="${bound}"/>`;
  return markup`<svg class="${raw(isBreached ? 'spark breached' : 'spark')}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img"><title>${words}</title>${border}<path d="${raw(path(values) ?? '')}"/><circle cx="${x(values.length - 1)}" cy="${scale(last)}" r="2.5"/></svg>`;
}

/** A limit far above all that was measured would press the line flat, and is left out of the picture. */
const NEAR = 4;

function scaleOf(known: readonly number[], limit: number | undefined): (value: number) => number {
  const highest = Math.max(...known);
  const lowest = Math.min(...known);
  const isNear = limit !== undefined && limit <= highest * NEAR;
  const high = isNear ? Math.max(highest, limit) : highest;
  // Sizes that hardly move would look like leaps if the line began at their lowest.
  const low = isNear ? 0 : Math.min(lowest, high * 0.8);
  const span = high - low || 1;
  return (value) => round(HEIGHT - EDGE - ((value - low) / span) * (HEIGHT - 2 * EDGE));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
