import type { LoadedConnection } from '../../config/load-connection.ts';
import { folderAt } from '../answering/district-end.ts';

type Acknowledge = NonNullable<LoadedConnection['settings']['acknowledge']>;

/** The connection with the folder of the importing system's result files for its source: opened with the login of that end. */
export function towardsResults(connection: LoadedConnection, settings: Acknowledge): LoadedConnection {
  const { at: side, path, ready, after } = settings;
  const end = connection.settings[side];
  const folder = folderAt(end, path);
  const source: LoadedConnection['settings']['source'] =
    end.type === 'local'
      ? { type: 'local', path: folder, ready, after }
      : { ...end, path: folder, ready, after };
  return {
    ...connection,
    settings: { ...connection.settings, source },
    placeOf: ([first = '', ...keys], kind) =>
      connection.placeOf([first === 'source' ? side : first, ...keys], kind),
  };
}
