import { dirname, join, resolve } from 'node:path';
import { z } from 'zod';
import type { AppError, Place } from '../errors/app-error.ts';
import { mappingSchemaOf } from '../mapping/schema.ts';
import { readSchema } from '../parse/schema.ts';
import { writeSchema } from '../render/schema.ts';
import { whyUnwritable } from '../render/why-unwritable.ts';
import { explainIssues } from './explain-issue.ts';
import type { Path } from './fit-schema.ts';
import { mergeLayers } from './merge-presets.ts';
import { FROM_PACKAGE, type listPresetFiles, openPresetLister, type PresetFolder } from './preset-files.ts';
import { readLayers } from './preset-layers.ts';
import { readCodeTables } from './read-code-tables.ts';
import { isMap } from './read-included.ts';
import { type NamedAt, readYaml, shownFrom, type YamlFile } from './read-yaml.ts';

const PRESET =
  'The preset that the mapping starts from, SYSTEM/RECORD: what it says itself replaces what that says.';

/** Of a mapping that is merged with its preset; the key itself is known here so that a slip of it is named. */
export const mappingSchema = mappingSchemaOf({
  read: readSchema.prefault({}),
  write: writeSchema,
})
  .safeExtend({ preset: z.string().optional().describe(PRESET) })
  .superRefine(({ write, fields }, issue) => {
    const all = Object.keys(fields);
    const targets = all.filter((name) => fields[name]?.type !== 'do_not_map');
    for (const { path, message } of whyUnwritable(write, { all, targets }))
      issue.addIssue({ code: 'custom', message, path: ['write', ...path] });
  });
export type CheckedMapping = ReturnType<typeof mappingSchema.parse>;

/** A mapping, checked, with everything that it names. */
export interface LoadedMapping {
  mapping: CheckedMapping;
  /** Absolute. */
  mappingPath: string;
  /** As written; of one that starts from a preset the merged mapping, written out. */
  mappingText(): string;
  /** For each target field whose codes stand in a file, and for each lookup by its table's name: code -> value. */
  codeTables: ReadonlyMap<string, ReadonlyMap<string, string>>;
  /** Where a key of the mapping stands, for errors. */
  placeInMapping(path: Path, at?: 'key' | 'value'): Place;
}

export interface MappingReading {
  loaded?: LoadedMapping;
  /** Nothing where the same file was read before: its mistakes have been said. */
  mistakes: AppError[];
}

/** @param written as it stands in the configuration; `namedAt` is where, and relative to that file */
export type MappingReader = (written: string, from: YamlFile, namedAt: NamedAt) => Promise<MappingReading>;

/**
 * Reads each mapping once, however many connections name it.
 * @param configFolder beside the file in which a mapping is named, and beside the package, presets are looked for here
 */
export function openMappingReader(configFolder?: string): MappingReader {
  const known = new Map<string, LoadedMapping | undefined>();
  const list = openPresetLister();
  return async (written, from, namedAt) => {
    const path = resolve(dirname(from.path), written);
    if (known.has(path)) {
      const loaded = known.get(path);
      return { ...(loaded ? { loaded } : {}), mistakes: [] };
    }
    const folders = presetFolders(from, configFolder);
    const file = await readYaml(path, shownFrom(from, written), namedAt);
    const reading = await loadMapping(file, folders, list);
    known.set(path, reading.loaded);
    return reading;
  };
}

/** A district's own presets stand before those of the package. */
function presetFolders(from: YamlFile, configFolder: string | undefined): PresetFolder[] {
  const beside = [dirname(from.path), ...(configFolder === undefined ? [] : [configFolder])];
  const own = beside.map((folder) => {
    const path = join(folder, 'presets');
    return { path, shown: folder === dirname(from.path) ? shownFrom(from, 'presets') : path };
  });
  return [...own, FROM_PACKAGE];
}

async function loadMapping(
  written: YamlFile,
  folders: readonly PresetFolder[],
  list: typeof listPresetFiles,
): Promise<MappingReading> {
  if (written.mistakes.length > 0) return { mistakes: written.mistakes };
  const { mistakes: unread, ...layers } = await readLayers(written, folders, list);
  if (unread.length > 0) return { mistakes: unread };
  const file = mergeLayers(layers);
  const result = checkMapping(file.value);
  if (!result.success) {
    const refused = { schema: mappingSchema, value: file.value, file, prefix: [] };
    return { mistakes: explainIssues(result.error.issues, refused) };
  }
  const { tables, mistakes } = await readCodeTables(result.data.fields, file);
  if (mistakes.length > 0) return { mistakes };
  const loaded: LoadedMapping = {
    mapping: result.data,
    mappingPath: file.path,
    mappingText: file.text,
    codeTables: tables,
    placeInMapping: file.placeOf,
  };
  return { loaded, mistakes: [] };
}

const checked = new WeakMap<object, ReturnType<typeof mappingSchema.safeParse>>();

/** Mappings that are word for word alike have one value, and are checked once. */
function checkMapping(value: unknown): ReturnType<typeof mappingSchema.safeParse> {
  const known = isMap(value) ? checked.get(value) : undefined;
  const result = known ?? mappingSchema.safeParse(value);
  if (isMap(value)) checked.set(value, result);
  return result;
}
