import type { LoadedConnection } from '../config/load-connection.ts';
import { resolveHashSecrets } from '../config/resolve-hash-secrets.ts';
import { resolveDropKeys } from '../config/resolve-keys.ts';
import { resolveRecipients } from '../config/resolve-recipients.ts';
import { AppError, AppErrors, type Place } from '../errors/app-error.ts';
import type { RunTools } from '../run/run-tools.ts';
import { matchingNames } from '../source/match-name.ts';
import { filesThatCome } from '../source/schema.ts';
import type { ListedFile, Source } from '../source/source.ts';
import { errorsOf } from './print-error.ts';

/** One thing that was looked at. */
export interface Check {
  /** source, source.host, source.after, destination, destination.host, or files.NAME */
  what: string;
  /** null where looking alone cannot tell: `check` writes nothing to find out. */
  ok: boolean | null;
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

type Outside = Pick<RunTools, 'openSource' | 'openDestination' | 'env'>;

/** What came of one look. */
interface Look {
  checks: readonly Check[];
  errors: readonly AppError[];
}

/**
 * Reaches both ends of a connection, lists its source, and looks whether a run could read, clear and deliver; writes
 * nothing. What fails is answered, not thrown.
 */
export async function checkConnection(
  connection: LoadedConnection,
  outside: Outside,
): Promise<CheckedConnection> {
  const looks = [
    ...(await lookAtSecrets(connection, outside)),
    ...(await lookAtSource(connection, outside)),
    ...(await lookAtDestination(connection, outside)),
  ];
  const { environment, enabled } = connection.settings;
  const checks = looks.flatMap((look) => look.checks);
  const errors = looks.flatMap((look) => look.errors);
  return { name: connection.name, environment, enabled, ok: errors.length === 0, checks, errors };
}

const KEYS = [
  [['source', 'decrypt'], resolveDropKeys],
  [['destination', 'encrypt'], resolveRecipients],
] as const;

/** Those of `hash` steps and the keys of files, which no session asks for. Said only where one is missing. */
async function lookAtSecrets(connection: LoadedConnection, { env }: Outside): Promise<Look[]> {
  const { files, placeOf } = connection;
  const looks: Look[] = [];
  for (const [end, resolveKeys] of KEYS) {
    const what = `${end[0]}.${end[1]}`;
    const keys = await look(what, placeOf(end), async () => {
      await resolveKeys(connection, env);
      return { what, ok: true, detail: '' };
    });
    if (keys.errors.length > 0) looks.push(keys);
  }
  for (const [name, file] of files) {
    const what = `files.${name}`;
    const answer = await look(what, placeOf(['files', name, 'mapping']), async () => {
      await resolveHashSecrets(file, env);
      return { what, ok: true, detail: '' };
    });
    if (answer.errors.length > 0) looks.push(answer);
  }
  return looks;
}

async function lookAtSource(connection: LoadedConnection, outside: Outside): Promise<Look[]> {
  const place = connection.placeOf(['source']);
  let source: Source | undefined;
  try {
    let listed: readonly ListedFile[] = [];
    const ofFolder = await look('source', place, async () => {
      source = await outside.openSource(connection);
      const detail = await source.describe();
      listed = await source.list();
      return { what: 'source', ok: true, detail };
    });
    if (!source || ofFolder.errors.length > 0) return [ofFolder];
    return [
      ofFolder,
      ...tellAbilities('source.host', source.abilities()),
      ...(await lookAtFiles(connection, source, listed)),
      ...(await lookAtClearing(connection, source)),
    ];
  } finally {
    await source?.close();
  }
}

async function lookAtFiles(
  connection: LoadedConnection,
  source: Source,
  listed: readonly ListedFile[],
): Promise<Look[]> {
  const looks: Look[] = [];
  for (const [name, settings] of Object.entries(filesThatCome(connection.settings.files))) {
    const names = matchingNames(
      settings.match,
      listed.map((file) => file.name),
    );
    const what = `files.${name}`;
    const question = async () => {
      for (const file of listed) if (names.includes(file.name)) await source.expectReadable(file);
      return { what, ok: true, detail: describeMatches(settings, names) };
    };
    looks.push(await look(what, connection.placeOf(['source']), question));
  }
  return looks;
}

/** Said only where something is to be said: it is no part of carrying a drop. */
async function lookAtClearing(connection: LoadedConnection, source: Source): Promise<Look[]> {
  const what = 'source.after';
  const answer = await look(what, connection.placeOf(['source']), async () => {
    const doubt = await source.expectClearable();
    return { what, ok: doubt === undefined ? true : null, detail: doubt ?? '' };
  });
  return answer.checks.some((check) => check.ok) ? [] : [answer];
}

async function lookAtDestination(connection: LoadedConnection, outside: Outside): Promise<Look[]> {
  const what = 'destination';
  let abilities: readonly string[] = [];
  const ofFolder = await look(what, connection.placeOf([what]), async () => {
    const destination = await outside.openDestination(connection);
    abilities = destination.abilities();
    try {
      const where = await destination.describe();
      const doubt = await destination.expectWritable();
      return doubt === undefined
        ? { what, ok: true, detail: where }
        : { what, ok: null, detail: `${where}: ${doubt}` };
    } finally {
      await destination.close();
    }
  });
  return [ofFolder, ...tellAbilities('destination.host', abilities)];
}

/** What a host offers, for who sets it up; a folder of this machine has nothing to tell. */
function tellAbilities(what: string, abilities: readonly string[]): Look[] {
  if (abilities.length === 0) return [];
  return [{ checks: [{ what, ok: true, detail: abilities.join('; ') }], errors: [] }];
}

/** One question; what it throws is its answer. */
async function look(what: string, place: Place, question: () => Promise<Check>): Promise<Look> {
  try {
    return { checks: [await question()], errors: [] };
  } catch (thrown) {
    // A defect keeps its stack: what is no fault of the outside is not a finding of the check.
    if (!(thrown instanceof AppError || thrown instanceof AppErrors)) throw thrown;
    const errors = errorsOf(thrown).map((error) => placed(error, place));
    const detail = errors.map((error) => error.message).join('; ');
    return { checks: [{ what, ok: false, detail }], errors };
  }
}

/** An error of a host says which host; here it says as well where that host is configured. */
function placed(error: AppError, place: Place): AppError {
  if (error.place) return error;
  const { code, message, hint, context } = error;
  return new AppError(code, message, { hint, context, place, cause: error });
}

const MOST_NAMES = 5;

function describeMatches(file: { match: string; required: boolean }, names: readonly string[]): string {
  if (names.length === 0) return `no file fits ${file.match}${file.required ? '' : ' (not required)'}`;
  const shown = names.slice(0, MOST_NAMES).join(', ');
  const rest = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  const count = names.length === 1 ? '1 file fits' : `${names.length} files fit`;
  return `${count} ${file.match}: ${shown}${rest}`;
}
