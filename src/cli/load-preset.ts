import { basename, dirname, join, resolve } from 'node:path';
import { explainIssues } from '../config/explain-issue.ts';
import { mappingSchema } from '../config/load-mapping.ts';
import { mergeLayers } from '../config/merge-presets.ts';
import {
  FROM_PACKAGE,
  hintAmongPresets,
  listPresetFiles,
  type PresetFile,
  type PresetFolder,
  YAML_ENDING,
} from '../config/preset-files.ts';
import { readLayers } from '../config/preset-layers.ts';
import { readYaml } from '../config/read-yaml.ts';
import { AppError, throwAll } from '../errors/app-error.ts';
import { isRecord, type Preset } from '../inspect/preset.ts';
import type { CliContext } from './act.ts';

/** Who has a configuration, or none yet; presets of their own lie beside it. */
type Caller = Pick<CliContext, 'configPath' | 'pathOf'>;

/**
 * The presets that a person means: SYSTEM/RECORD is one, SYSTEM alone every record of it, and a path that ends in .yaml
 * a mapping of their own. Throws `config_invalid` with the names that there are, and what is wrong with a file.
 */
export async function loadPresets(written: string, caller?: Caller): Promise<Preset[]> {
  const folders = foldersBeside(caller);
  if (YAML_ENDING.test(written)) {
    const name = basename(written).replace(YAML_ENDING, '');
    const path = caller?.pathOf(written) ?? resolve(written);
    return [await loadPreset({ name, path, shown: written }, folders)];
  }
  const files = firstOfEachName(await listPresetFiles(folders));
  const wanted = files.filter(({ name }) => name === written || name.startsWith(`${written}/`));
  if (wanted.length === 0)
    throw new AppError('config_invalid', `There is no preset ${written}`, {
      hint: hintAmongPresets(written, files, { systems: !written.includes('/') }),
    });
  return Promise.all(wanted.map((file) => loadPreset(file, folders)));
}

/** The names of every preset that comes with the program, and of those beside the configuration. */
export async function listPresets(caller?: Caller): Promise<string[]> {
  return firstOfEachName(await listPresetFiles(foldersBeside(caller))).map(({ name }) => name);
}

function foldersBeside(caller: Caller | undefined): PresetFolder[] {
  if (caller === undefined) return [FROM_PACKAGE];
  const own = join(dirname(caller.configPath), 'presets');
  return [{ path: caller.pathOf(own), shown: own }, FROM_PACKAGE];
}

function firstOfEachName(files: readonly PresetFile[]): PresetFile[] {
  return files.filter(({ name }, index) => files.findIndex((one) => one.name === name) === index);
}

async function loadPreset({ path, shown, name }: PresetFile, folders: PresetFolder[]): Promise<Preset> {
  const written = await readYaml(path, shown);
  throwAll(written.mistakes.map(withoutConfig));
  const { mistakes, ...layers } = await readLayers(written, folders);
  throwAll(mistakes);
  const file = mergeLayers(layers);
  const checked = mappingSchema.safeParse(file.value);
  if (!checked.success)
    throwAll(
      explainIssues(checked.error.issues, { schema: mappingSchema, value: file.value, file, prefix: [] }),
    );
  if (!checked.success || !isRecord(file.value)) throw new AppError('defect', `The preset ${name} is no map`);
  const { fields, identity, write } = file.value;
  return {
    name,
    title: checked.data.title ?? name,
    record: checked.data.record,
    write,
    identity: isRecord(identity) ? identity : {},
    fields: isRecord(fields) ? switchedOn(fields) : {},
  };
}

/** A file that was typed is missing: it is not the configuration, of which the usual advice speaks. */
function withoutConfig(mistake: AppError): AppError {
  const { code, message, place, cause } = mistake;
  if (code !== 'config_missing') return mistake;
  return new AppError(code, message, { ...(place && { place }), hint: 'Check the path.', cause });
}

/** What a preset leaves switched off because not every extract has it, a draft looks for all the same. */
function switchedOn(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const fillable = Object.entries(fields).map(([target, field]) => {
    if (!isRecord(field) || field.type !== 'do_not_map' || !('column' in field)) return [target, field];
    const { type: _, ...rest } = field;
    return [target, rest];
  });
  return Object.fromEntries(fillable);
}
