import { AppError } from '../errors/app-error.ts';

const DAY_MS = 86_400_000;
const UNIT_MS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['m', 60_000],
  ['h', 3_600_000],
  ['d', DAY_MS],
  ['w', 7 * DAY_MS],
  ['y', 365 * DAY_MS],
]);

/** Milliseconds of a text such as 500ms, 5s, 10m, 36h, 2d, 1w, 7y (a year being 365 days). Throws `config_invalid`. */
export function durationMs(text: string): number {
  const [, number, unit] = /^(\d+)([a-z]+)$/.exec(text) ?? [];
  const unitMs = UNIT_MS.get(unit ?? '');
  if (number === undefined || unitMs === undefined)
    throw new AppError('config_invalid', `"${text}" is no duration`, {
      hint: 'Write a number and a unit: 500ms, 5s, 10m, 36h, 2d, 1w or 7y.',
    });
  return Number(number) * unitMs;
}
