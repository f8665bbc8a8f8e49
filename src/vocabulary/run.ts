/** A run: one drop carried through. */
export const OUTCOMES = [
  'delivered',
  'nothing_to_deliver',
  'held',
  'failed',
  'cancelled',
  'dry_run',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

export const TRIGGERS = ['manual', 'watch', 'schedule', 'api'] as const;
export type Trigger = (typeof TRIGGERS)[number];

export type Environment = 'production' | 'sandbox';

export interface RunFacts {
  /** Starts with the instant in UTC, so that names sort by time: 20261122T093000Z-riverside-4f2a91. */
  id: string;
  connection: string;
  environment: Environment;
  trigger: Trigger;
  /** yyyy-MM-dd in the zone of the service: today, the school year and ages follow from it. */
  businessDate: string;
  /** ISO 8601 with offset. */
  startedAt: string;
}

/** The day of a run, as pure rooms need it. */
export interface RunDay {
  /** yyyy-MM-dd */
  date: string;
  /** HHmmss in the zone of the service. */
  time: string;
  schoolYear: SchoolYear;
}

/** The running school year: from its first day, yyyy-MM-dd, to the day before the next one begins. */
export interface SchoolYear {
  startYear: number;
  firstDay: string;
  lastDay: string;
}

/** Something worth knowing that stops nothing: a new column, a missing final line end. No value of a student. */
export interface Notice {
  code: string;
  message: string;
  file?: string;
}
