import { dirname, resolve } from 'node:path';
import type { AppError, Place } from '../errors/app-error.ts';
import { mappingSchemaOf } from '../mapping/schema.ts';
import { readSchema } from '../parse/schema.ts';
import { writeSchema } from '../render/schema.ts';
import { explainIssues } from './explain-issue.ts';
import type { Path } from './fit-schema.ts';
import { readCodeTables } from './read-code-tables.ts';
import { readYaml, shownFrom, type YamlFile } from './read-yaml.ts';

export const mappingSchema = mappingSchemaOf({ read: readSchema.prefault({}), write: writeSchema });
export type CheckedMapping = ReturnType<typeof mappingSchema.parse>;

/** A mapping, checked, with everything that it names. */
export interface LoadedMapping {
  mapping: CheckedMapping;
  /** Absolute. */
  mappingPath: string;
  mappingText: string;
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
export type MappingReader = (written: string, from: YamlFile, namedAt: Place) => Promise<MappingReading>;

/** Reads each mapping once, however many connections name it. */
export function openMappingReader(): MappingReader {
  const known = new Map<string, LoadedMapping | undefined>();
  return async (written, from, namedAt) => {
    const path = resolve(dirname(from.path), written);
    if (known.has(path)) {
      const loaded = known.get(path);
      return { ...(loaded ? { loaded } : {}), mistakes: [] };
    }
    const reading = await loadMapping(await readYaml(path, shownFrom(from, written), namedAt));
    known.set(path, reading.loaded);
    return reading;
  };
}

async function loadMapping(file: YamlFile): Promise<MappingReading> {
  if (file.mistakes.length > 0) return { mistakes: file.mistakes };
  const result = mappingSchema.safeParse(file.value);
  if (!result.success) {
    const checked = { schema: mappingSchema, value: file.value, file, prefix: [] };
    return { mistakes: explainIssues(result.error.issues, checked) };
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
