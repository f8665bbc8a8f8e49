import { type ChangeSummary, NO_CHANGES } from './change-samples.ts';
import { type ExceptionSummary, NO_EXCEPTIONS } from './exception-groups.ts';
import type { Report } from './schema.ts';

/** As much of an earlier run as its small lines need. */
export type PastRun = Pick<Report, 'run' | 'totals' | 'safeguards' | 'lane'>;

/** A file of the run's mapping folder: mapping or settings, as they were used. */
export interface KeptSettings {
  file: string;
  sizeBytes: number;
  sha256: string;
  text: string;
}

/** What report.html shows beside report.json; each part may be missing, and the page says so. */
export interface ReportDetails {
  /** Undefined where exceptions.csv cannot be read. */
  exceptions: ExceptionSummary | undefined;
  changes: ChangeSummary | undefined;
  /** Sealed runs of the connection before this one, the oldest first. */
  past: readonly PastRun[];
  mapping: readonly KeptSettings[];
}

export const NO_DETAILS: ReportDetails = {
  exceptions: NO_EXCEPTIONS,
  changes: NO_CHANGES,
  past: [],
  mapping: [],
};
