import { access, constants } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { StateRule } from '../eligibility/state-rules.ts';
import { AppError, type Place } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { type ConnectionSettings, connectionSchema } from './config-schema.ts';
import { explainIssues } from './explain-issue.ts';
import type { Path } from './fit-schema.ts';
import type { LoadedMapping, MappingReader } from './load-mapping.ts';
import { loadStateRule } from './load-state-rule.ts';
import { type ConnectionDraft, isMap } from './read-included.ts';

export interface LoadedConnection {
  name: string;
  /** As written, defaults filled in; local folders and lists of students are absolute paths. */
  settings: ConnectionSettings;
  /** The folder of the file in which the connection stands: what its `file:` secrets are relative to. */
  folder: string;
  /** By the names that reports use, in the order in which they are written. */
  files: ReadonlyMap<string, LoadedFile>;
  /** The row of the dated table that `age.state` names. */
  stateRule?: StateRule;
  /** Where a key of the connection stands, for errors. */
  placeOf(path: Path, at?: 'key' | 'value'): Place;
}

export interface LoadedFile extends LoadedMapping {
  settings: ConnectionSettings['files'][string];
}

/**
 * The files whose rows are carried: all but the reference file that `reconcile.match.against` names, which only says whom
 * the other side has.
 */
export function carriedFiles({
  settings,
  files,
}: Pick<LoadedConnection, 'settings' | 'files'>): Map<string, LoadedFile> {
  const carried = new Map(files);
  if (settings.reconcile.match) carried.delete(settings.reconcile.match.against);
  return carried;
}

/** Checks a connection and reads what it names. A connection that is not right is still read as far as it goes. */
export async function loadConnection(
  draft: ConnectionDraft,
  readMapping: MappingReader,
): Promise<{ connection?: LoadedConnection; mistakes: AppError[] }> {
  const result = connectionSchema.safeParse(draft.value);
  const { files, mistakes } = await readMappings(draft, readMapping);
  if (!result.success) {
    const checked = { schema: connectionSchema, value: draft.value, file: draft.file, prefix: draft.prefix };
    return { mistakes: [...explainIssues(result.error.issues, checked), ...mistakes] };
  }
  const placeOf: LoadedConnection['placeOf'] = (path, at) =>
    draft.file.placeOf([...draft.prefix, ...path], at);
  const folder = dirname(draft.file.path);
  const settings = withAbsolutePaths(result.data, folder);
  const state = await loadStateRule(settings, placeOf);
  const connection: LoadedConnection = {
    name: draft.name,
    settings,
    folder,
    files: new Map(
      Object.entries(settings.files).flatMap(([name, file]) => {
        const loaded = files.get(name);
        return loaded ? [[name, { ...loaded, settings: file }]] : [];
      }),
    ),
    ...(state.rule ? { stateRule: state.rule } : {}),
    placeOf,
  };
  mistakes.push(...state.mistakes, ...(await missingLists(connection)));
  return { connection, mistakes };
}

async function readMappings(
  draft: ConnectionDraft,
  readMapping: MappingReader,
): Promise<{ files: Map<string, LoadedMapping>; mistakes: AppError[] }> {
  const files = new Map<string, LoadedMapping>();
  const mistakes: AppError[] = [];
  const written = isMap(draft.value) && isMap(draft.value.files) ? draft.value.files : {};
  for (const [name, file] of Object.entries(written)) {
    if (!isMap(file) || typeof file.mapping !== 'string' || file.mapping === '') continue;
    const namedAt = () => draft.file.placeOf([...draft.prefix, 'files', name, 'mapping']);
    const reading = await readMapping(file.mapping, draft.file, namedAt);
    mistakes.push(...reading.mistakes);
    if (reading.loaded) files.set(name, reading.loaded);
  }
  return { files, mistakes };
}

const LISTS = ['always_include', 'never_include'] as const;
type Waivers = ConnectionSettings['eligibility']['always_include'];

function withAbsolutePaths(settings: ConnectionSettings, folder: string): ConnectionSettings {
  const { source, destination, eligibility } = settings;
  const listAt = (list: Waivers): Waivers =>
    'file' in list ? { ...list, file: resolve(folder, list.file) } : list;
  return {
    ...settings,
    source: source.type === 'local' ? { ...source, path: resolve(folder, source.path) } : source,
    destination:
      destination.type === 'local'
        ? { ...destination, path: resolve(folder, destination.path) }
        : destination,
    eligibility: {
      ...eligibility,
      always_include: listAt(eligibility.always_include),
      never_include: listAt(eligibility.never_include),
    },
  };
}

/** The lists are read anew for each run, because they change between runs; that they are there is seen now. */
async function missingLists({ settings, placeOf }: LoadedConnection): Promise<AppError[]> {
  const mistakes: AppError[] = [];
  for (const list of LISTS) {
    const ids = settings.eligibility[list];
    if (!('file' in ids)) continue;
    const mistake = await whyUnreadable(ids.file, placeOf(['eligibility', list, 'file']));
    if (mistake) mistakes.push(mistake);
  }
  return mistakes;
}

async function whyUnreadable(path: string, namedAt: Place): Promise<AppError | undefined> {
  try {
    await access(path, constants.R_OK);
    return undefined;
  } catch (cause) {
    const isMissing = errnoOf(cause) === 'ENOENT';
    const sentence = `the file ${path} ${isMissing ? 'is not there' : `cannot be read (${errnoOf(cause)})`}`;
    return new AppError('config_missing', sentence, {
      place: namedAt,
      hint: 'Create it, or mend the path.',
      cause,
    });
  }
}
