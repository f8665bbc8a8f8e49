import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError, AppErrors, type Place } from '../errors/app-error.ts';
import type { RunTools } from '../run/run-tools.ts';
import { matchingNames } from '../source/match-name.ts';
import { errorsOf } from './print-error.ts';

/** One thing that was looked at. */
export interface Check {
  /** source, destination, or files.NAME */
  what: string;
  ok: boolean;
  detail: string;
}

export interface CheckedConnection {
  name: string;
  environment: string;
  enabled: boolean;
  ok: boolean;
  checks: Check[];
  errors: readonly AppError[];
}

type Outside = Pick<RunTools, 'openSource' | 'openDestination'>;

/** Reaches both ends of a connection and lists its source; writes nothing. What fails is answered, not thrown. */
export async function checkConnection(
  connection: LoadedConnection,
  outside: Outside,
): Promise<CheckedConnection> {
  const source = await lookAt(connection, 'source', () => lookAtSource(connection, outside));
  const destination = await lookAt(connection, 'destination', () => lookAtDestination(connection, outside));
  const { environment, enabled } = connection.settings;
  const checks = [...source.checks, ...destination.checks];
  const errors = [...source.errors, ...destination.errors];
  return { name: connection.name, environment, enabled, ok: errors.length === 0, checks, errors };
}

interface Look {
  checks: Check[];
  errors: readonly AppError[];
}

async function lookAt(
  connection: LoadedConnection,
  end: 'source' | 'destination',
  look: () => Promise<Check[]>,
): Promise<Look> {
  try {
    return { checks: await look(), errors: [] };
  } catch (thrown) {
    // A defect keeps its stack: what is no fault of the outside is not a finding of the check.
    if (!(thrown instanceof AppError || thrown instanceof AppErrors)) throw thrown;
    const errors = errorsOf(thrown).map((error) => placed(error, connection.placeOf([end])));
    const detail = errors.map((error) => error.message).join('; ');
    return { checks: [{ what: end, ok: false, detail }], errors };
  }
}

/** An error of a host says which host; here it says as well where that host is configured. */
function placed(error: AppError, place: Place): AppError {
  if (error.place) return error;
  const { code, message, hint, context } = error;
  return new AppError(code, message, { hint, context, place, cause: error });
}

async function lookAtSource(connection: LoadedConnection, outside: Outside): Promise<Check[]> {
  const source = await outside.openSource(connection);
  try {
    const detail = await source.describe();
    const names = (await source.list()).map((file) => file.name);
    const files = [...connection.files].map(([name, { settings }]) => ({
      what: `files.${name}`,
      ok: true,
      detail: describeMatches(settings, matchingNames(settings.match, names)),
    }));
    return [{ what: 'source', ok: true, detail }, ...files];
  } finally {
    await source.close();
  }
}

const MOST_NAMES = 5;

function describeMatches(file: { match: string; required: boolean }, names: readonly string[]): string {
  if (names.length === 0) return `no file fits ${file.match}${file.required ? '' : ' (not required)'}`;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const count = names.length === 1 ? '1 file fits' : `${names.length} files fit`;
  return `${count} ${file.match}: ${shown}${rest}`;
}

async function lookAtDestination(connection: LoadedConnection, outside: Outside): Promise<Check[]> {
  const destination = await outside.openDestination(connection);
  try {
    return [{ what: 'destination', ok: true, detail: await destination.describe() }];
  } finally {
    await destination.close();
  }
}
