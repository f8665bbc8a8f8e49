import { AppError } from '../errors/app-error.ts';
import type { Path } from './fit-schema.ts';
import type { LoadedConnection } from './load-connection.ts';

/** What is wrong between keys of a connection that are each right on their own, at one of them. */
export function mistakeIn(
  connection: LoadedConnection,
  path: Path,
  sentence: string,
  hint?: string,
): AppError {
  const place = connection.placeOf(path);
  return new AppError('config_invalid', sentence, { place, ...(hint === undefined ? {} : { hint }) });
}
