/**
 * Log: events with fields, one JSON line each, on stderr.
 *
 * in:       an event and facts that are safe to show: run, connection, codes, counts, paths
 * out:      a line
 * promises: passwords, keys and whatever is called a value never appear; no character of a line steers a screen
 * never:    is handed a row
 */
import pino from 'pino';
import { plainJson } from './plain-json.ts';

export interface Logger {
  debug(fields: object, event: string): void;
  info(fields: object, event: string): void;
  warn(fields: object, event: string): void;
  error(fields: object, event: string): void;
  /** A logger that adds these fields to each line. */
  child(fields: Record<string, string>): Logger;
}

export type LogLevel = 'debug' | 'info' | 'warn' | 'error' | 'silent';

const NEVER_SHOWN = [
  'password',
  'privateKey',
  'private_key',
  'passphrase',
  'value',
  'values',
  'row',
  'student_id',
];

export function openLogger(level: LogLevel, stream: { write(line: string): void } = process.stderr): Logger {
  const paths = NEVER_SHOWN.flatMap((name) => [name, `*.${name}`]);
  return pino(
    {
      level,
      redact: { paths, censor: '[left out]' },
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line: string) => stream.write(plainJson(line)) },
  );
}
