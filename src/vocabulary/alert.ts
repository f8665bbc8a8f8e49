/** What people may ask to be told about a connection. */
export const ALERT_KINDS = [
  'held',
  'failed',
  'out_of_balance',
  'late',
  'stale',
  'unanswered',
  'recovered',
] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];

/**
 * Something about a connection that is not as it should be, as long as it lasts. The same kind and subject are the same
 * state, however often it is looked at.
 */
export interface AlertState {
  kind: Exclude<AlertKind, 'recovered'>;
  /** A run, a day, an error code: what it is about. */
  subject: string;
  /** The run that it is about, where it is about one. */
  run?: string;
  /** What is so, and what to do. No value of a student. */
  sentence: string;
  hint: string;
}

export const CHANNELS = ['email', 'webhook'] as const;
export type Channel = (typeof CHANNELS)[number];

/** What is told: by e-mail in words, to a webhook as it is. No value of a student. */
export interface Alert {
  kind: AlertKind | 'digest';
  /** Blank of a digest, which is about several. */
  connection: string;
  /** The title that people gave the connection, or its name. */
  title: string;
  environment: string;
  /** ISO 8601 with offset: when it was noticed. */
  at: string;
  run?: string;
  sentence: string;
  hint: string;
}

/** An alert on its way to one channel; kept until it has arrived. */
export interface Message {
  /** The same however often it is sent, so that a receiver can tell a repetition. */
  id: string;
  /** Whose settings say where it goes. */
  connection: string;
  channel: Channel;
  /** E-mail addresses; none of a webhook. */
  to: readonly string[];
  alert: Alert;
}
