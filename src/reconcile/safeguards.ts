import type { FileBooks, Totals } from '../vocabulary/totals.ts';
import { describeValue, exceeds } from './percentage.ts';
import type { Limit, SafeguardSettings } from './schema.ts';

export type SafeguardName =
  | 'min_rows'
  | 'max_rejected'
  | 'max_removed'
  | 'max_created'
  | 'max_updated'
  | 'max_size_change';

export interface SafeguardResult {
  name: SafeguardName;
  /** The file of the drop; left out where there was nothing to measure against. */
  file?: string;
  /** As it stands in the settings: `10%` or `25`. */
  limit: string;
  /** `0.4%` beside a percentage, `12` beside a number, or `not measured`. */
  value: string;
  breached: boolean;
  /** What was measured, for a person. */
  sentence: string;
}

export interface MeasureFacts {
  /** yyyy-MM-dd: decides whether the rollover window is open. */
  businessDate: string;
  /** Nothing was ever delivered: created, updated and removed are not measured. */
  firstRun: boolean;
  /** Records last delivered, by file. A file that is not named, or has none, is not measured. */
  lastDelivered?: ReadonlyMap<string, number>;
  /** Size of each file of this drop, in bytes. */
  bytes: ReadonlyMap<string, number>;
  /** Size of each file of the last drop, where it is known. */
  lastBytes?: ReadonlyMap<string, number>;
}

type Books = ReadonlyMap<string, FileBooks>;

/** Every safeguard beside its value, file by file in the order of the books. */
export function measureSafeguards(
  books: Books,
  facts: MeasureFacts,
  settings: SafeguardSettings,
): SafeguardResult[] {
  const limits = limitsOn(facts.businessDate, settings);
  return [
    ...[...books].map(([file, { totals }]) => minRows(file, totals, settings.min_rows)),
    ...[...books].map(([file, { totals }]) => maxRejected(file, totals, settings.max_rejected)),
    ...measureStudents('max_removed', limits.max_removed, books, facts),
    ...measureStudents('max_created', limits.max_created, books, facts),
    ...measureStudents('max_updated', limits.max_updated, books, facts),
    ...measureSizes(settings.max_size_change, books, facts),
  ];
}

/** Within the rollover window its own limits count; one that it does not name stays as it is all year. */
function limitsOn(businessDate: string, settings: SafeguardSettings) {
  const { max_removed, max_created, max_updated, rollover } = settings;
  if (!rollover || !isWithin(businessDate.slice(5), rollover.from, rollover.to))
    return { max_removed, max_created, max_updated };
  return {
    max_removed: rollover.max_removed ?? max_removed,
    max_created: rollover.max_created ?? max_created,
    max_updated: rollover.max_updated ?? max_updated,
  };
}

/** Both ends count; a window such as 12-15 to 01-10 goes over the new year. */
function isWithin(monthDay: string, from: string, to: string): boolean {
  return from <= to ? from <= monthDay && monthDay <= to : from <= monthDay || monthDay <= to;
}

function minRows(file: string, { read }: Totals, limit: number): SafeguardResult {
  return {
    name: 'min_rows',
    file,
    limit: String(limit),
    value: String(read),
    breached: read < limit,
    sentence: `${file}: the file has ${rows(read)}; min_rows asks for at least ${limit}.`,
  };
}

function maxRejected(file: string, { rejected, read }: Totals, limit: Limit): SafeguardResult {
  const what = `${file}: ${number(rejected)} of ${rows(read)} rejected`;
  return against({ name: 'max_rejected', file, count: rejected, base: read, limit, what });
}

/** What each safeguard counts. An update is any change to a student whom the other side already has. */
const COUNTED = {
  max_removed: { of: (totals: Totals) => totals.removed, word: 'gone or no longer carried' },
  max_created: { of: (totals: Totals) => totals.created, word: 'new' },
  max_updated: {
    of: (totals: Totals) =>
      totals.updated + totals.transferred + totals.promoted + totals.deactivated + totals.reactivated,
    word: 'changed',
  },
} as const;

function measureStudents(
  name: keyof typeof COUNTED,
  limit: Limit,
  books: Books,
  facts: MeasureFacts,
): SafeguardResult[] {
  const measured: SafeguardResult[] = [];
  for (const [file, { totals }] of facts.firstRun ? [] : books) {
    const base = facts.lastDelivered?.get(file) ?? 0;
    if (base === 0) continue;
    const count = COUNTED[name].of(totals);
    const what = `${file}: ${number(count)} ${COUNTED[name].word}, of ${number(base)} last delivered`;
    measured.push(against({ name, file, count, base, limit, what }));
  }
  return orNotMeasured(measured, name, limit, 'nothing was delivered before');
}

function measureSizes(limit: Limit, books: Books, facts: MeasureFacts): SafeguardResult[] {
  const measured: SafeguardResult[] = [];
  for (const file of books.keys()) {
    const base = facts.lastBytes?.get(file) ?? 0;
    const bytes = facts.bytes.get(file);
    if (base === 0 || bytes === undefined) continue;
    const what = `${file}: ${number(bytes)} bytes after ${number(base)} in the last drop`;
    const count = Math.abs(bytes - base);
    measured.push(against({ name: 'max_size_change', file, count, base, limit, what }));
  }
  return orNotMeasured(measured, 'max_size_change', limit, 'the size of the last drop is not known');
}

function against(measure: {
  name: SafeguardName;
  file: string;
  count: number;
  base: number;
  limit: Limit;
  what: string;
}): SafeguardResult {
  const { name, file, count, base, limit, what } = measure;
  const value = describeValue(count, base, limit);
  const breached = exceeds(count, base, limit);
  const sentence = `${what} (${value}); ${name} allows ${limit}.`;
  return { name, file, limit: String(limit), value, breached, sentence };
}

/** A limit that had nothing to be held against is still shown, so that nobody takes it for switched off. */
function orNotMeasured(
  measured: SafeguardResult[],
  name: SafeguardName,
  limit: Limit,
  why: string,
): SafeguardResult[] {
  if (measured.length > 0) return measured;
  const sentence = `${name} was not measured: ${why}.`;
  return [{ name, limit: String(limit), value: 'not measured', breached: false, sentence }];
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${number(count)} rows`;
}

function number(count: number): string {
  return count.toLocaleString('en-US');
}
