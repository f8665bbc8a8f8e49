import { dirname, join, relative, resolve } from 'node:path';
import { AppError, throwAll } from '../errors/app-error.ts';
import { type ServiceSettings, serviceSchema } from './config-schema.ts';
import { explainIssues } from './explain-issue.ts';
import { findCollisions } from './find-collisions.ts';
import { findContradictions } from './find-contradictions.ts';
import { type LoadedConnection, loadConnection } from './load-connection.ts';
import { openMappingReader } from './load-mapping.ts';
import { type ConnectionDraft, draftsOf, isMap, readIncluded } from './read-included.ts';
import { readYaml, type YamlFile } from './read-yaml.ts';

export interface LoadedConfig {
  /** Absolute. */
  path: string;
  /** The folder of the file: what its relative paths are relative to. */
  folder: string;
  /** Paths of archive and ledger are absolute; the time zone is filled in. */
  settings: Omit<ServiceSettings, 'connections' | 'timezone'> & { timezone: string };
  /** In the order in which they are written, those of included files last. */
  connections: ReadonlyMap<string, LoadedConnection>;
  /** Where a setting of the service stands. */
  placeOf: YamlFile['placeOf'];
}

export interface OneConnection {
  name: string;
  shown: string;
}

/**
 * Reads the file, what it includes, and every mapping, code table and list that the connections name.
 * Throws all mistakes of all files at once: config_invalid, config_missing, secret_literal.
 * @param shown how errors name the file
 * @param only one connection, and the file that it stands in, as errors name it: the others are not read
 */
export async function loadConfig(path: string, shown = path, only?: OneConnection): Promise<LoadedConfig> {
  const file = await readYaml(resolve(path), shown);
  const service = readService(file);
  const included = await readIncluded(file, only ? fileOf(only, file) : includedBy(file));
  const written = [...draftsOf(file, ['connections']), ...included.drafts];
  const drafts = only ? written.filter(({ name }) => name === only.name) : written;
  const mistakes = [...file.mistakes, ...service.mistakes, ...included.mistakes, ...repeatedNames(drafts)];

  const mappings = openMappingReader(dirname(file.path));
  const connections = new Map<string, LoadedConnection>();
  for (const draft of drafts) {
    const loaded = await loadConnection(draft, mappings);
    mistakes.push(...loaded.mistakes);
    if (!loaded.connection) continue;
    connections.set(draft.name, loaded.connection);
    mistakes.push(...findContradictions(loaded.connection));
  }
  mistakes.push(...(await findCollisions([...connections.values()])));
  if (drafts.length === 0 && mistakes.length === 0) mistakes.push(noConnection(file));
  throwAll(inReadingOrder(mistakes, [file, ...included.files]));
  if (!service.settings) throw noConnection(file);
  return {
    path: file.path,
    folder: dirname(file.path),
    settings: withAbsolutePaths(service.settings, file),
    connections,
    placeOf: file.placeOf,
  };
}

/** As a file under `include` is named. */
function fileOf({ shown }: OneConnection, file: YamlFile): string[] {
  return shown === file.shown ? [] : [relative(dirname(file.shown), shown)];
}

/** Read from the text itself, so that a mistake elsewhere in the file hides none of the included ones. */
function includedBy({ value }: YamlFile): string[] {
  const patterns = isMap(value) && Array.isArray(value.include) ? value.include : [];
  return patterns.filter((pattern) => typeof pattern === 'string' && pattern !== '');
}

function readService(file: YamlFile): { settings?: ServiceSettings; mistakes: AppError[] } {
  if (file.mistakes.length > 0) return { mistakes: [] };
  const result = serviceSchema.safeParse(file.value);
  if (result.success) return { settings: result.data, mistakes: [] };
  const checked = { schema: serviceSchema, value: file.value, file, prefix: [] };
  return { mistakes: explainIssues(result.error.issues, checked) };
}

function repeatedNames(drafts: readonly ConnectionDraft[]): AppError[] {
  return drafts.flatMap((draft, index) => {
    const first = drafts.slice(0, index).find((other) => other.name === draft.name);
    if (!first) return [];
    const sentence = `the connection ${draft.name} is already in ${first.file.shown}`;
    return [
      new AppError('config_invalid', sentence, {
        place: draft.file.placeOf(draft.prefix, 'key'),
        hint: 'Give one of them another name.',
      }),
    ];
  });
}

function noConnection(file: YamlFile): AppError {
  const hint = 'Add one under connections, or name files with connections under include.';
  return new AppError('config_invalid', 'the file has no connection', {
    place: file.placeOf(['connections'], 'key'),
    hint,
  });
}

/** The configuration first, then what it names, each file from top to bottom. */
function inReadingOrder(mistakes: readonly AppError[], read: readonly YamlFile[]): AppError[] {
  const names = [...read.map((file) => file.shown), ...mistakes.map((mistake) => mistake.place?.file)];
  const files = [...new Set(names)];
  const rank = ({ place }: AppError) => [files.indexOf(place?.file), place?.line ?? 0, place?.column ?? 0];
  return mistakes.toSorted((a, b) => {
    const [left, right] = [rank(a), rank(b)];
    return left.map((part, index) => part - (right[index] ?? 0)).find((difference) => difference !== 0) ?? 0;
  });
}

function withAbsolutePaths(service: ServiceSettings, file: YamlFile): LoadedConfig['settings'] {
  const { connections: _, ...settings } = service;
  const folder = dirname(file.path);
  const archive = { ...settings.archive, path: resolve(folder, settings.archive.path) };
  const isLedgerNamed = isMap(file.value) && isMap(file.value.ledger) && 'path' in file.value.ledger;
  // The ledger lies in the archive, wherever that was put.
  const ledgerPath = isLedgerNamed
    ? resolve(folder, settings.ledger.path)
    : join(archive.path, 'ledger.sqlite');
  const timezone = settings.timezone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return { ...settings, timezone, archive, ledger: { ...settings.ledger, path: ledgerPath } };
}
