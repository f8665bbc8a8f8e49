import { access } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { findContradictions } from '../../config/find-contradictions.ts';
import type { LoadedConnection, LoadedFile } from '../../config/load-connection.ts';
import { openMappingReader } from '../../config/load-mapping.ts';
import { AppError, throwAll } from '../../errors/app-error.ts';
import type { RecordKind } from '../../vocabulary/record-kind.ts';

export interface NamedMappings {
  /** As typed: FILE, or NAME=FILE. */
  written: readonly string[];
  /** What they are relative to. */
  folder: string;
  /** The files of the drop for which they are, by the names of the connection. */
  dropped: readonly string[];
}

/**
 * The connection with other mappings than it is configured with, each for the file of the drop that NAME says, or
 * that is the only one of its `record:`.
 * Throws usage, config_missing, and every mistake of every mapping at once: config_invalid with line and column.
 */
export async function replaceMappings(
  connection: LoadedConnection,
  named: NamedMappings,
): Promise<LoadedConnection> {
  const files = new Map(connection.files);
  const replaced = new Set<string>();
  for (const { file, path, loaded } of await readMappings(connection, named)) {
    const name = file ?? onlyFileOf(connection, { record: loaded.mapping.record, path });
    refuseUndropped(name, path, named.dropped);
    if (replaced.has(name)) throw new AppError('usage', `--mapping names two mappings for ${name}`);
    replaced.add(name);
    const known = connection.files.get(name);
    if (known) files.set(name, { ...loaded, settings: known.settings });
  }
  const changed = { ...connection, files };
  throwAll(findContradictions(changed));
  return changed;
}

interface ReadMapping {
  file: string | undefined;
  path: string;
  loaded: Omit<LoadedFile, 'settings'>;
}

async function readMappings(
  connection: LoadedConnection,
  { written, folder }: NamedMappings,
): Promise<ReadMapping[]> {
  const read = openMappingReader();
  // As if a file of this folder named them, so that errors show a path as it was typed.
  const place = () => ({ file: '--mapping' });
  const from = {
    path: join(folder, '-'),
    shown: '-',
    text: () => '',
    value: undefined,
    mistakes: [],
    placeOf: place,
  };
  const mappings: ReadMapping[] = [];
  const mistakes: AppError[] = [];
  for (const one of written) {
    const { file, path } = await splitName(one, connection, folder);
    const reading = await read(path, from, () => ({ file: path }));
    mistakes.push(...reading.mistakes);
    if (reading.loaded) mappings.push({ file, path, loaded: reading.loaded });
  }
  throwAll(mistakes);
  return mappings;
}

/** A path may have an = in it as well; it is NAME=FILE where NAME is a file of the connection. */
async function splitName(
  written: string,
  connection: LoadedConnection,
  folder: string,
): Promise<{ file: string | undefined; path: string }> {
  const at = written.indexOf('=');
  const [name, path] = [written.slice(0, Math.max(0, at)), written.slice(at + 1)];
  if (at < 0) return { file: undefined, path };
  if (connection.files.has(name) && path !== '') return { file: name, path };
  const isPath = await access(resolve(folder, written)).then(
    () => true,
    () => false,
  );
  if (isPath) return { file: undefined, path: written };
  throw new AppError(
    'usage',
    `--mapping ${written} does not name a file of ${connection.name} and its mapping`,
    {
      hint: `Write --mapping NAME=FILE, where NAME is one of: ${listed(connection.files.keys())}.`,
    },
  );
}

function onlyFileOf(
  { name, files }: LoadedConnection,
  { record, path }: { record: RecordKind; path: string },
): string {
  const fitting = [...files].filter(([, { mapping }]) => mapping.record === record).map(([file]) => file);
  const [only, ...others] = fitting;
  if (only === undefined) {
    const known = listed([...files].map(([file, { mapping }]) => `${file} (${mapping.record})`));
    throw new AppError('usage', `${path} is a mapping of ${record}, and ${name} has no file of that record`, {
      hint: `It has ${known}; --mapping NAME=FILE says for which one it is meant.`,
    });
  }
  if (others.length === 0) return only;
  throw new AppError(
    'usage',
    `${path} is a mapping of ${record}, and ${name} has ${fitting.length} such files`,
    { hint: `Say for which one: ${fitting.map((file) => `--mapping ${file}=${path}`).join(', or ')}.` },
  );
}

function refuseUndropped(name: string, path: string, dropped: readonly string[]): void {
  if (dropped.includes(name)) return;
  throw new AppError('usage', `${path} is for ${name}, and the drop of that run had no such file`, {
    hint: `It had ${listed(dropped)}.`,
  });
}

function listed(names: Iterable<string>): string {
  return [...names].join(', ');
}
