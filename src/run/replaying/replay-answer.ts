import type { Report } from '../../report/schema.ts';
import type { RecordDifferences } from './replay-records.ts';
import type { SettingsDifference } from './replay-settings.ts';
import type { VerdictDifference } from './replay-verdicts.ts';

/** What would differ if the drop of a run were carried now. */
export interface ReplayAnswer {
  /** The report of the run, and that of the dry run that carried its drop again. */
  was: Report;
  now: Report;
  /** Of the dry run. */
  folder: string;
  /** Everything that the run kept came out the same; settings may differ all the same. */
  isIdentical: boolean;
  settings: readonly SettingsDifference[];
  totals: readonly TotalDifference[];
  held: WasAndNow;
  /** Safeguards that were breached, each with its file and school. */
  breached: WasAndNow;
  /** Every file of the drop; none where it failed now. */
  files: readonly FileDifference[];
}

export interface WasAndNow {
  was: readonly string[];
  now: readonly string[];
}

export interface TotalDifference {
  file: string;
  total: string;
  was: number;
  now: number;
}

export interface FileDifference {
  /** As the connection calls the file. */
  name: string;
  /** `not_kept`: the run was cancelled or failed, and its drafted files are gone. */
  bytes: 'same' | 'differ' | 'not_kept';
  /** Of the outbound file; 0 where there was none, or none was kept. */
  rows: { was: number; now: number };
  /** Where the bytes differ. */
  records?: RecordDifferences;
  /** Undefined where the run failed before its rows were judged. */
  verdicts?: readonly VerdictDifference[];
}

/** Whether the outbound files of the run lie in its folder: those of a run that went nowhere do not. */
export function keepsDrafts({ run }: Report): boolean {
  return run.outcome !== 'failed' && run.outcome !== 'cancelled';
}

/** A run may fail before its first row was judged; its books are then empty. */
export function wasJudged({ run, totals }: Report): boolean {
  return run.outcome !== 'failed' || Object.values(totals).some(({ read }) => read > 0);
}

export function compareTotals(then: Report, now: Report): TotalDifference[] {
  // Nothing was delivered of a run that went nowhere, whatever had been drafted.
  const isLeftOut = (total: string) => total === 'delivered' && !keepsDrafts(then);
  return [...new Set([...Object.keys(then.totals), ...Object.keys(now.totals)])].flatMap((file) => {
    const [old, fresh] = [then.totals[file] ?? {}, now.totals[file] ?? {}].map(
      (totals): Record<string, number> => totals,
    );
    return Object.keys({ ...old, ...fresh })
      .map((total) => ({ file, total, was: old?.[total] ?? 0, now: fresh?.[total] ?? 0 }))
      .filter((one) => one.was !== one.now && !isLeftOut(one.total));
  });
}

export function heldReasons(then: Report, now: Report): WasAndNow {
  return { was: then.held?.reasons ?? [], now: now.held?.reasons ?? [] };
}

export function breachedSafeguards(then: Report, now: Report): WasAndNow {
  return { was: breachesOf(then), now: breachesOf(now) };
}

function breachesOf({ safeguards }: Report): string[] {
  return safeguards
    .filter(({ breached }) => breached)
    .map(({ name, file, school }) =>
      [name, file && `of ${file}`, school && `at school ${school}`].filter(Boolean).join(' '),
    );
}

/** Sentences of a report may be worded otherwise by a later version, so only what they are about is compared. */
export function isSame({ was, now, totals, held, breached, files }: Omit<ReplayAnswer, 'isIdentical'>) {
  return (
    was.error?.code === now.error?.code &&
    totals.length === 0 &&
    held.was.length > 0 === held.now.length > 0 &&
    breached.was.join() === breached.now.join() &&
    files.every(({ bytes, verdicts = [] }) => bytes !== 'differ' && verdicts.length === 0)
  );
}
