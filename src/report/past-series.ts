import type { Totals } from '../vocabulary/totals.ts';
import type { PastRun } from './report-details.ts';
import type { Report } from './schema.ts';

/** One number run after run, the oldest first and this one last; undefined where a run did not measure it. */
export type Series = readonly (number | undefined)[];

type Safeguard = Report['safeguards'][number];

/** Of runs that were about some students alone nothing is comparable. */
function comparable(past: readonly PastRun[]): PastRun[] {
  return past.filter(({ lane }) => lane === undefined);
}

/** What a safeguard measured. A limit that was a number and is a percentage now is another thing. */
export function seriesOfSafeguard(past: readonly PastRun[], now: Safeguard): Series {
  const isSame = (one: Safeguard) =>
    one.name === now.name && one.file === now.file && one.school === now.school;
  const before = comparable(past).map(({ safeguards }) => safeguards.find(isSame));
  const unit = isPercentage(now.limit);
  return [...before, now].map((one) =>
    one && isPercentage(one.limit) === unit ? numberOf(one.value) : undefined,
  );
}

export function seriesOfTotal(
  past: readonly PastRun[],
  now: PastRun,
  file: string,
  key: keyof Totals,
): Series {
  return [...comparable(past), now].map(({ totals }) => totals[file]?.[key]);
}

/** 0.4 of `0.4%`, 12 of `12`; undefined of words. */
export function numberOf(text: string): number | undefined {
  const digits = /^(\d+(?:\.\d+)?)%?$/.exec(text.replaceAll(',', ''))?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function isPercentage(text: string): boolean {
  return text.endsWith('%');
}
