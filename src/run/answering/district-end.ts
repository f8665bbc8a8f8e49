import { isAbsolute, join, posix } from 'node:path';
import type { LoadedConnection } from '../../config/load-connection.ts';

type Settings = LoadedConnection['settings'];

/** The connection with the district's result folder for its destination: opened with the login of the source. */
export function towardsDistrict(connection: LoadedConnection, path: string): LoadedConnection {
  const { source } = connection.settings;
  const at = folderAt(source, path);
  const destination: Settings['destination'] =
    source.type === 'local' ? { type: 'local', path: at } : { ...source, path: at, publish: 'rename' };
  return {
    ...connection,
    settings: { ...connection.settings, destination },
    placeOf: ([first = '', ...keys], kind) =>
      connection.placeOf([first === 'destination' ? 'source' : first, ...keys], kind),
  };
}

/** A folder at an end of the connection: beneath the folder of that end, or where an absolute path says. */
export function folderAt(end: Settings['source' | 'destination'], path: string): string {
  if (end.type === 'sftp') return posix.isAbsolute(path) ? path : posix.join(end.path, path);
  return isAbsolute(path) ? path : join(end.path, path);
}
