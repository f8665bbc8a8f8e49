import { realpath } from 'node:fs/promises';
import { AppError, describePlace } from '../errors/app-error.ts';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { filesThatCome } from '../source/schema.ts';
import type { ConnectionSettings } from './config-schema.ts';
import type { LoadedConnection } from './load-connection.ts';
import { patternsOverlap } from './overlap-patterns.ts';

/** What is wrong between connections that are each right on their own. */
export async function findCollisions(connections: readonly LoadedConnection[]): Promise<AppError[]> {
  const located = await Promise.all(connections.map(locate));
  return located.flatMap((later, index) =>
    located
      .slice(0, index)
      .flatMap((earlier) => [...sandboxInProduction(earlier, later), ...sameDropTwice(earlier, later)]),
  );
}

interface Located {
  connection: LoadedConnection;
  source: string;
  destination: string;
}

async function locate(connection: LoadedConnection): Promise<Located> {
  const { source, destination } = connection.settings;
  return { connection, source: await folderKey(source), destination: await folderKey(destination) };
}

function sandboxInProduction(earlier: Located, later: Located): AppError[] {
  if (earlier.destination !== later.destination) return [];
  const pair = [earlier.connection, later.connection];
  const sandbox = pair.find(({ settings }) => settings.environment === 'sandbox');
  const production = pair.find(({ settings }) => settings.environment === 'production');
  if (!sandbox || !production) return [];
  const other = describePlace(production.placeOf(['destination', 'path']));
  const sentence = `the sandbox connection ${sandbox.name} would write into the destination folder of the production connection ${production.name} (${other})`;
  const place = sandbox.placeOf(['destination', 'path']);
  return [new AppError('config_invalid', sentence, { place, hint: 'Give the sandbox a folder of its own.' })];
}

function sameDropTwice(earlier: Located, later: Located): AppError[] {
  const [a, b] = [earlier.connection.settings, later.connection.settings];
  if (!a.enabled || !b.enabled || earlier.source !== later.source) return [];
  // Two that only look at the files do not take them from each other.
  if (a.source.after === 'leave' && b.source.after === 'leave') return [];
  return Object.entries(filesThatCome(b.files)).flatMap(([name, file]) => {
    const rival = Object.values(filesThatCome(a.files)).find((other) =>
      patternsOverlap(other.match, file.match),
    );
    if (!rival) return [];
    const sentence = `${later.connection.name} and ${earlier.connection.name} read the same source folder, and a file could fit both ${file.match} and ${rival.match}`;
    const hint =
      'Make the patterns narrower, give each connection a folder, or let both leave the files there.';
    return [
      new AppError('config_invalid', sentence, {
        place: later.connection.placeOf(['files', name, 'match']),
        hint,
      }),
    ];
  });
}

type Endpoint = ConnectionSettings['source'] | ConnectionSettings['destination'];

/** Two accounts of one host may be shown different folders under one path, so the account belongs to the key. */
async function folderKey(endpoint: Endpoint): Promise<string> {
  if (endpoint.type === 'local') return realFolder(endpoint.path);
  const { username, host, port, path } = endpoint;
  return `sftp://${username}@${host.toLowerCase()}:${port}/${path.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')}`;
}

/** Links are followed, so that two names of one folder are one; a folder that is still to be made has only its name. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return path;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}
