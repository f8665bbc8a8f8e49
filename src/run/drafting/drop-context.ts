import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Environment } from '../../config/resolve-secrets.ts';
import type { ByteScan } from '../../parse/scan-bytes.ts';
import type { RunDay } from '../../vocabulary/run.ts';
import type { TemporaryIds } from './temporary-ids.ts';

export interface DroppedFile {
  name: string;
  /** The name that it had in the drop. */
  file: string;
  path: string;
  /** What its bytes told while it was taken. */
  scan?: ByteScan | undefined;
}

/** What holds for every file of a drop. */
export interface DropContext {
  connection: LoadedConnection;
  day: RunDay;
  waivers: { always: ReadonlySet<string>; never: ReadonlySet<string> };
  /** For the secrets of `hash` steps. */
  env: Environment;
  /** Left out where nobody is given one, as in a preview. */
  temporaryIds?: TemporaryIds | undefined;
}
