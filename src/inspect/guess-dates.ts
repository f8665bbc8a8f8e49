import type { DateGuess, FormatCount } from './profile.ts';
import { ALTERNATIVE, type DateTally } from './tally-column.ts';

/** Fewer values than this share are slips of the pen and no second format. */
const WORTH_NAMING = 0.02;

/** Which number is the month, where something tells. */
export type Leaning = 'month' | 'day';

/**
 * The formats of a column of dates. A value such as 03/04/2015 goes to the order that other values of the column prove,
 * as 03/25/2015 does; where none does, to the one that `leaning` says, which is what the other columns of the file
 * prove. Where nothing does, or where both orders occur, it is left open.
 */
export function guessDates(dates: DateTally, leaning?: Leaning): DateGuess {
  const counts = new Map<string, number>();
  const unsure: [string[], number][] = [];
  for (const [fitting, count] of dates.fitting) {
    const formats = fitting.split(ALTERNATIVE);
    if (formats.length > 1) unsure.push([formats, count]);
    else counts.set(fitting, count);
  }
  const least = Math.max(1, dates.count * WORTH_NAMING);
  const open: string[] = [];
  for (const [formats, count] of unsure) {
    const { format, isOpen } = choose(formats, counts, least, leaning);
    counts.set(format, (counts.get(format) ?? 0) + count);
    if (isOpen) open.push(...formats);
  }
  const written = (format: string) => withPadding(format, dates);
  return {
    formats: [...counts]
      .filter(([, count]) => count >= least)
      .map(([format, count]): FormatCount => ({ format: written(format), count }))
      .sort((one, other) => other.count - one.count),
    open: open.map(written),
  };
}

/** What the dates of a column prove about the order of their numbers. */
export function leaningOf({ formats: [first], open }: DateGuess): Leaning | undefined {
  if (first === undefined || open.length > 0) return undefined;
  if (/^M{1,2}[^M]?d{1,2}[^d]?y/.test(first.format)) return 'month';
  return /^d{1,2}[^d]?M{1,2}[^M]?y/.test(first.format) ? 'day' : undefined;
}

function choose(
  formats: readonly string[],
  proven: ReadonlyMap<string, number>,
  least: number,
  leaning: Leaning | undefined,
): { format: string; isOpen: boolean } {
  const [first = ''] = formats;
  const counted = formats.map((format) => ({ format, count: proven.get(format) ?? 0 }));
  const most = counted.reduce((one, other) => (other.count > one.count ? other : one));
  const proved = counted.filter(({ count }) => count >= least && count * 10 >= most.count);
  if (proved.length > 0) return { format: most.format, isOpen: proved.length > 1 };
  if (most.count > 0 && leaning === undefined) return { format: most.format, isOpen: true };
  const leaned = formats.find((format) => format.startsWith(leaning === 'day' ? 'd' : 'M'));
  return { format: leaned ?? first, isOpen: leaning === undefined };
}

/** MM and dd where no value lacks a zero; years that stand first have them as a rule. */
function withPadding(format: string, { padded, bare }: DateTally): string {
  const isPadded = bare === 0 && (padded > 0 || format.startsWith('yyyy'));
  return isPadded ? format.replace(/(?<!M)M(?!M)/, 'MM').replace(/(?<!d)d(?!d)/, 'dd') : format;
}
