import { AppError } from '../errors/app-error.ts';
import type { ErrorCode } from '../errors/catalogue.ts';

/** Result codes of SQLite, https://sqlite.org/rescode.html */
const PERMISSION = 3;
export const BUSY = 5;
const LOCKED = 6;
const READ_ONLY = 8;
const INPUT_OUTPUT = 10;
const CORRUPT = 11;
const FULL = 13;
const CANNOT_OPEN = 14;
const NO_DATABASE = 26;

const CODES: ReadonlyMap<number, ErrorCode> = new Map([
  [BUSY, 'ledger_in_use'],
  [LOCKED, 'ledger_in_use'],
  [CORRUPT, 'ledger_damaged'],
  [NO_DATABASE, 'ledger_damaged'],
  [FULL, 'local_disk_full'],
  [PERMISSION, 'local_io'],
  [READ_ONLY, 'local_io'],
  [INPUT_OUTPUT, 'local_io'],
  [CANNOT_OPEN, 'local_io'],
]);

/** A fault of the database as one of ours; what is neither its nor the disk's is a defect and stays as it is. */
export function ledgerError(path: string, cause: unknown): unknown {
  if (cause instanceof AppError) return cause;
  const code = CODES.get(resultCodeOf(cause));
  if (!code) return cause;
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError(code, `Cannot use the ledger ${path}: ${why}`, { cause });
}

/** The primary result code of SQLite, or 0 where the fault is none of the database. */
export function resultCodeOf(thrown: unknown): number {
  if (typeof thrown !== 'object' || thrown === null || !('errcode' in thrown)) return 0;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : 0;
}
