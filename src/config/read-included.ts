import { glob } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { AppError } from '../errors/app-error.ts';
import { connectionsSchema, includedSchema } from './config-schema.ts';
import { explainIssues } from './explain-issue.ts';
import { readYaml, shownFrom, type YamlFile } from './read-yaml.ts';

/** A connection as it was written, unchecked. */
export interface ConnectionDraft {
  name: string;
  value: unknown;
  file: YamlFile;
  /** Where the connection stands in the file. */
  prefix: readonly string[];
}

/**
 * The files that `include` names, each a map of connections; the keys `connections` and `version` above the
 * map, as in the main file, may stay. A pattern that fits no file includes nothing; a plain name must be there.
 */
export async function readIncluded(
  file: YamlFile,
  patterns: readonly string[],
): Promise<{ files: YamlFile[]; drafts: ConnectionDraft[]; mistakes: AppError[] }> {
  const folder = dirname(file.path);
  const found = new Map<string, YamlFile>();
  for (const [index, pattern] of patterns.entries()) {
    for (const name of await namesOf(pattern, folder)) {
      const path = resolve(folder, name);
      if (found.has(path) || path === file.path) continue;
      const shown = shownFrom(file, name);
      found.set(path, await readYaml(path, shown, () => file.placeOf(['include', index])));
    }
  }
  const files = [...found.values()];
  return {
    files,
    drafts: files.flatMap((one) => draftsOf(one, prefixOf(one))),
    mistakes: files.flatMap((one) => [...one.mistakes, ...mistakesOf(one)]),
  };
}

export function draftsOf(file: YamlFile, prefix: readonly string[]): ConnectionDraft[] {
  const map = prefix.reduce<unknown>((value, key) => (isMap(value) ? value[key] : undefined), file.value);
  if (!isMap(map)) return [];
  return Object.entries(map).map(([name, value]) => ({ name, value, file, prefix: [...prefix, name] }));
}

export function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function namesOf(pattern: string, folder: string): Promise<string[]> {
  if (!/[*?[\]{}]/.test(pattern)) return [pattern];
  return (await Array.fromAsync(glob(pattern, { cwd: folder }))).sort();
}

function prefixOf({ value }: YamlFile): string[] {
  return isMap(value) && 'connections' in value ? ['connections'] : [];
}

function mistakesOf(file: YamlFile): AppError[] {
  if (file.mistakes.length > 0) return [];
  const { value } = file;
  const schema = prefixOf(file).length > 0 ? includedSchema : connectionsSchema;
  const result = schema.safeParse(value);
  return result.success ? [] : explainIssues(result.error.issues, { schema, value, file, prefix: [] });
}
