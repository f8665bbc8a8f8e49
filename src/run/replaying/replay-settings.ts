import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readText } from '../../archive/read-text.ts';
import { readYaml } from '../../config/read-yaml.ts';
import { diskError } from '../../files/disk-error.ts';

/** A mapping, or the settings of the connection, that is another one now. */
export interface SettingsDifference {
  /** As it is called in mapping/ of both runs: students.yaml, connection.yaml. */
  file: string;
  in: 'both' | 'was' | 'now';
  /** Empty where only comments and layout differ, or where the file is on one side alone. */
  changes: readonly SettingChange[];
}

export interface SettingChange {
  /** fields.gender.codes.M */
  key: string;
  /** As JSON; null where it is not set, or where it names students. */
  was: string | null;
  now: string | null;
}

/** The mapping/ folders of two runs, file by file and key by key. */
export async function compareSettings(thenFolder: string, nowFolder: string): Promise<SettingsDifference[]> {
  const [then, now] = [await filesIn(thenFolder), await filesIn(nowFolder)];
  const differences: SettingsDifference[] = [];
  for (const file of new Set([...now, ...then])) {
    if (!then.includes(file) || !now.includes(file)) {
      differences.push({ file, in: now.includes(file) ? 'now' : 'was', changes: [] });
      continue;
    }
    const [old, fresh] = [join(thenFolder, 'mapping', file), join(nowFolder, 'mapping', file)];
    if ((await readText(old)) === (await readText(fresh))) continue;
    const changes = changesBetween(await readValue(old), await readValue(fresh));
    differences.push({ file, in: 'both', changes });
  }
  return differences;
}

async function filesIn(folder: string): Promise<string[]> {
  const path = join(folder, 'mapping');
  try {
    return (await readdir(path)).filter((name) => name.endsWith('.yaml')).toSorted();
  } catch (cause) {
    throw diskError(`Cannot list ${path}`, cause);
  }
}

async function readValue(path: string): Promise<unknown> {
  return (await readYaml(path, path)).value;
}

/** Lists of ids: whom they name is nobody's business here. */
const NAMES_STUDENTS = /\.(always|never)_include\b/;

function changesBetween(then: unknown, now: unknown, key = ''): SettingChange[] {
  if (isMap(then) && isMap(now)) {
    const keys = new Set([...Object.keys(now), ...Object.keys(then)]);
    return [...keys].flatMap((one) =>
      changesBetween(then[one], now[one], key === '' ? one : `${key}.${one}`),
    );
  }
  const [old, fresh] = [JSON.stringify(then), JSON.stringify(now)];
  if (old === fresh) return [];
  if (NAMES_STUDENTS.test(key)) return [{ key, was: null, now: null }];
  return [{ key, was: old ?? null, now: fresh ?? null }];
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
