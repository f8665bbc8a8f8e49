import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError, errnoOf } from '../files/disk-error.ts';
import { packagePath } from '../package/package-path.ts';
import { nearestName } from './nearest-name.ts';

/** SYSTEM/RECORD.yaml. */
export const PACKAGE_PRESETS = packagePath('mappings/presets');
export const YAML_ENDING = /\.ya?ml$/;

export interface PresetFile {
  /** schoolmint-enroll/students */
  name: string;
  path: string;
  /** The name under which errors speak of the file. */
  shown: string;
}

/** A folder of presets; `shown` is how errors begin the names of its files. */
export interface PresetFolder {
  path: string;
  shown: string;
}

export const FROM_PACKAGE: PresetFolder = { path: PACKAGE_PRESETS, shown: PACKAGE_PRESETS };

/**
 * Every preset of the folders, sorted within each. One name may come twice: the first is meant, so that a district's own
 * folder stands in front. A folder that is not there has none.
 */
export function listPresetFiles(folders: readonly PresetFolder[]): Promise<PresetFile[]> {
  return joinLists(folders.map(listFolder));
}

/** The same, each folder listed once: of a thousand mappings nearly all look in the same ones. */
export function openPresetLister(): typeof listPresetFiles {
  const known = new Map<string, Promise<PresetFile[]>>();
  return (folders) =>
    joinLists(
      folders.map((folder) => {
        const listing = known.get(folder.path) ?? listFolder(folder);
        known.set(folder.path, listing);
        return listing;
      }),
    );
}

async function joinLists(listings: readonly Promise<PresetFile[]>[]): Promise<PresetFile[]> {
  const listed = await Promise.all(listings);
  const paths = new Set<string>();
  return listed.flat().filter(({ path }) => !paths.has(path) && paths.add(path));
}

async function listFolder({ path, shown }: PresetFolder): Promise<PresetFile[]> {
  const found = await readFolder(path);
  return found
    .filter((below) => YAML_ENDING.test(below))
    .map((below) => ({
      name: below.replaceAll('\\', '/').replace(YAML_ENDING, ''),
      path: join(path, below),
      shown: join(shown, below),
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}

async function readFolder(path: string): Promise<string[]> {
  try {
    return await readdir(path, { recursive: true });
  } catch (cause) {
    if (path !== PACKAGE_PRESETS && ['ENOENT', 'ENOTDIR'].includes(errnoOf(cause))) return [];
    throw diskError(`Cannot list the presets in ${path}`, cause);
  }
}

/**
 * Of a name that no preset has: the nearest one, and those of its system; or else the systems that there are, because all presets
 * together fill a screen. A system alone may be meant where `systems` says so.
 */
export function hintAmongPresets(
  written: string,
  files: readonly PresetFile[],
  { systems = false }: { systems?: boolean } = {},
): string {
  const names = [...new Set(files.map(({ name }) => name))];
  const all = [...new Set(names.map(systemOf))];
  const system = all.find((one) => one === systemOf(written)) ?? nearestName(systemOf(written), all);
  if (system === undefined) return `There are presets of ${all.join(', ')}; docs/presets.md lists each.`;
  const own = names.filter((name) => systemOf(name) === system);
  const near = written.includes('/')
    ? nearestName(written, own)
    : systems && system !== written
      ? system
      : undefined;
  return `${near === undefined ? '' : `Did you mean ${near}? `}Of ${system} there is: ${own.join(', ')}.`;
}

function systemOf(name: string): string {
  return name.split('/')[0] ?? name;
}
