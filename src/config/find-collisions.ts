import { AppError, describePlace } from '../errors/app-error.ts';
import { filesThatCome } from '../source/schema.ts';
import { folderKey } from './folder-key.ts';
import type { LoadedConnection } from './load-connection.ts';
import { patternsOverlap } from './overlap-patterns.ts';
import { locateResults, resultCollisions } from './result-collisions.ts';

/** What is wrong between connections that are each right on their own. */
export async function findCollisions(connections: readonly LoadedConnection[]): Promise<AppError[]> {
  const located = await Promise.all(connections.map(locate));
  return located.flatMap((later, index) =>
    located
      .slice(0, index)
      .flatMap((earlier) => [
        ...sandboxInProduction(earlier, later),
        ...sameDropTwice(earlier, later),
        ...resultCollisions(earlier, later),
      ]),
  );
}

type Located = Awaited<ReturnType<typeof locate>>;

async function locate(connection: LoadedConnection) {
  const { source, destination } = connection.settings;
  const ends = { source: await folderKey(source), destination: await folderKey(destination) };
  return { connection, ...ends, ...(await locateResults(connection)) };
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
