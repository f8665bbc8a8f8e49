import { guessDates, type Leaning, leaningOf } from './guess-dates.ts';
import { guessType } from './guess-type.ts';
import type { ColumnProfile, DateGuess, ValueCount } from './profile.ts';
import { remarkColumn } from './remark-column.ts';
import type { ColumnTally } from './tally-column.ts';

/** Eight digits may be ids by chance; under a header that speaks of no date nearly all must be days. */
const SURELY_DAYS = 0.98;

export interface ColumnOptions {
  mostDistinct: number;
  /** Whether values of people are given too. */
  showsValues: boolean;
}

/** The columns with what was counted of them; what one column proves about its dates helps the others. */
export function profileColumns(
  names: readonly string[],
  tallies: readonly ColumnTally[],
  options: ColumnOptions,
): ColumnProfile[] {
  const leanings = tallies
    .map((tally) => leaningOf(guessDates(tally.dates)))
    .filter((one) => one !== undefined);
  const leaning = leanings.every((one) => one === leanings[0]) ? leanings[0] : undefined;
  return tallies.map((tally, index) =>
    profileColumn(names[index] ?? '', index, tally, { ...options, leaning }),
  );
}

function profileColumn(
  name: string,
  index: number,
  tally: ColumnTally,
  options: ColumnOptions & { leaning: Leaning | undefined },
): ColumnProfile {
  const date = guessDates(tally.dates, options.leaning);
  const guess = guessType(name, tally, datesRead(tally, date));
  const ofType = guess.type === 'date' ? { date } : {};
  return {
    name,
    position: index + 1,
    filled: tally.filled,
    fillRate: tally.rows === 0 ? 0 : tally.filled / tally.rows,
    distinct: tally.counts?.size,
    mostDistinct: options.mostDistinct,
    values: guess.isCodes || options.showsValues ? mostFrequent(tally.counts) : [],
    shortest: tally.filled === 0 ? 0 : tally.shortest,
    longest: tally.longest,
    type: guess.type,
    typeShare: guess.share,
    ...ofType,
    literals: mostFrequent(tally.literals),
    remarks: remarkColumn(name, tally, { type: guess.type, ...ofType }),
  };
}

function datesRead(tally: ColumnTally, { formats }: DateGuess): number {
  const read = formats.reduce((sum, one) => sum + one.count, 0);
  return tally.dates.together > 0 && read < tally.filled * SURELY_DAYS ? 0 : read;
}

const MOST_VALUES = 500;

/** The most frequent first, then by the value. */
export function mostFrequent(
  counts: ReadonlyMap<string, number> | undefined,
  limit = MOST_VALUES,
): ValueCount[] {
  return [...(counts ?? [])]
    .map(([value, count]) => ({ value, count }))
    .sort((one, other) => other.count - one.count || compareText(one.value, other.value))
    .slice(0, limit);
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
