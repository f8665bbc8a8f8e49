import type { FileBooks, Totals } from '../vocabulary/totals.ts';
import { openWindow } from './day-window.ts';
import { measureSchools, type SchoolBooks } from './measure-schools.ts';
import { COUNTED, holdAgainst, notMeasured, type SafeguardResult, writeNumber } from './safeguard-result.ts';
import type { Limit, SafeguardSettings } from './schema.ts';

export interface MeasureFacts {
  /** yyyy-MM-dd: decides whether the rollover window is open. */
  businessDate: string;
  /** Nothing was ever delivered: created, updated and removed are not measured. */
  firstRun: boolean;
  /**
   * Only some students were meant: created, updated, removed, schools, size and min_rows are not measured, because
   * the drop says nothing about everybody else.
   */
  isPartial?: boolean;
  /** Records last delivered, by file. A file that is not named, or has none, is not measured. */
  lastDelivered?: ReadonlyMap<string, number>;
  /** Size of each file of this drop, in bytes. */
  bytes: ReadonlyMap<string, number>;
  /** Size of each file of the last drop, where it is known. */
  lastBytes?: ReadonlyMap<string, number>;
  /** The schools of each file, of this drop and of the last delivery; a file that is not named is not measured. */
  schools?: SchoolBooks;
}

type Books = ReadonlyMap<string, FileBooks>;

/** Every safeguard beside its value, file by file in the order of the books, then the schools. */
export function measureSafeguards(
  books: Books,
  facts: MeasureFacts,
  settings: SafeguardSettings,
): SafeguardResult[] {
  const { rollover } = settings;
  const open = rollover && openWindow(facts.businessDate, rollover) ? rollover : undefined;
  const limits = open ?? settings;
  const unmeasured = whyUnmeasured(facts);
  return [
    ...measureRows(settings.min_rows, books, facts),
    ...[...books].map(([file, { totals }]) => maxRejected(file, totals, settings.max_rejected)),
    ...measureStudents('max_removed', limits.max_removed, books, facts),
    ...measureStudents('max_created', limits.max_created, books, facts),
    ...measureStudents('max_updated', limits.max_updated, books, facts),
    ...measureSizes(settings.max_size_change, books, facts),
    ...(facts.schools ? measureSchools(facts.schools, settings, open, unmeasured) : []),
  ];
}

const PARTIAL = 'only some students were meant';

/** Why this run cannot be held against the last delivery. */
function whyUnmeasured(facts: MeasureFacts): string | undefined {
  if (facts.isPartial) return PARTIAL;
  return facts.firstRun ? 'nothing was delivered before' : undefined;
}

function measureRows(limit: number, books: Books, facts: MeasureFacts): SafeguardResult[] {
  if (facts.isPartial) return [notMeasured('min_rows', limit, PARTIAL)];
  return [...books].map(([file, { totals }]) => minRows(file, totals, limit));
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
  const what = `${file}: ${writeNumber(rejected)} of ${rows(read)} rejected`;
  return holdAgainst({ name: 'max_rejected', file, count: rejected, base: read, limit, what });
}

/** What each safeguard counts. An update is any change to a student whom the other side already has. */
const COUNTS = {
  max_removed: (totals: Totals) => totals.removed,
  max_created: (totals: Totals) => totals.created,
  max_updated: (totals: Totals) =>
    totals.updated + totals.transferred + totals.promoted + totals.deactivated + totals.reactivated,
} as const;

function measureStudents(
  name: keyof typeof COUNTS,
  limit: Limit,
  books: Books,
  facts: MeasureFacts,
): SafeguardResult[] {
  const why = whyUnmeasured(facts);
  if (why !== undefined) return [notMeasured(name, limit, why)];
  const measured = [...books].flatMap(([file, { totals }]) => {
    const base = facts.lastDelivered?.get(file) ?? 0;
    if (base === 0) return [];
    const count = COUNTS[name](totals);
    const what = `${file}: ${writeNumber(count)} ${COUNTED[name]}, of ${writeNumber(base)} last delivered`;
    return [holdAgainst({ name, file, count, base, limit, what })];
  });
  return measured.length > 0 ? measured : [notMeasured(name, limit, 'nothing was delivered before')];
}

function measureSizes(limit: Limit, books: Books, facts: MeasureFacts): SafeguardResult[] {
  const name = 'max_size_change';
  if (facts.isPartial) return [notMeasured(name, limit, PARTIAL)];
  const measured = [...books.keys()].flatMap((file) => {
    const base = facts.lastBytes?.get(file) ?? 0;
    const bytes = facts.bytes.get(file);
    if (base === 0 || bytes === undefined) return [];
    const what = `${file}: ${writeNumber(bytes)} bytes after ${writeNumber(base)} in the last drop`;
    return [holdAgainst({ name, file, count: Math.abs(bytes - base), base, limit, what })];
  });
  return measured.length > 0
    ? measured
    : [notMeasured(name, limit, 'the size of the last drop is not known')];
}

function rows(count: number): string {
  return count === 1 ? '1 row' : `${writeNumber(count)} rows`;
}
