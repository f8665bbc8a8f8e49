import { AppError } from '../errors/app-error.ts';
import { hintAmongPresets, listPresetFiles, type PresetFile, type PresetFolder } from './preset-files.ts';
import { isMap } from './read-included.ts';
import { readYaml, type YamlFile } from './read-yaml.ts';

/** A mapping, then the preset that it starts from, then the one that this starts from, and so on. */
export interface Layers {
  layers: readonly [YamlFile, ...YamlFile[]];
  /** Of the presets, in the order of the layers. */
  names: readonly string[];
  mistakes: AppError[];
}

/** @param folders where presets are looked for, the first that has the name */
export async function readLayers(mapping: YamlFile, folders: readonly PresetFolder[]): Promise<Layers> {
  const layers: [YamlFile, ...YamlFile[]] = [mapping];
  const names: string[] = [];
  for (let top = mapping; ; ) {
    if (!isMap(top.value) || top.value.preset === undefined) return { layers, names, mistakes: [] };
    const found = await findPreset(top.value.preset, top, { layers, folders });
    if (found instanceof AppError) return { layers, names, mistakes: [found] };
    const below = await readYaml(found.path, found.shown, top.placeOf(['preset']));
    const mistakes = [...below.mistakes, ...otherRecord(top, below, found.name)];
    if (mistakes.length > 0) return { layers, names, mistakes };
    layers.push(below);
    names.push(found.name);
    top = below;
  }
}

async function findPreset(
  written: unknown,
  file: YamlFile,
  { layers, folders }: { layers: readonly YamlFile[]; folders: readonly PresetFolder[] },
): Promise<PresetFile | AppError> {
  const place = file.placeOf(['preset']);
  const known = await listPresetFiles(folders);
  if (typeof written !== 'string')
    return new AppError('config_invalid', 'preset must be the name of one preset, SYSTEM/RECORD', {
      place,
      hint: hintAmongPresets('', known),
    });
  const named = known.filter(({ name }) => name === written);
  if (named.length === 0)
    return new AppError('config_invalid', `there is no preset ${written}`, {
      place,
      hint: hintAmongPresets(written, known),
    });
  // A district's own preset may bear the name of the one that it starts from.
  const fresh = named.find(({ path }) => layers.every((layer) => layer.path !== path));
  return (
    fresh ??
    new AppError('config_invalid', `the preset ${written} starts from itself`, {
      place,
      hint: 'Take the key preset out of one of the files.',
    })
  );
}

function otherRecord(top: YamlFile, below: YamlFile, name: string): AppError[] {
  const own = isMap(top.value) ? top.value.record : undefined;
  const theirs = isMap(below.value) ? below.value.record : undefined;
  if (own === undefined || theirs === undefined || own === theirs) return [];
  const sentence = `record is ${String(own)}, and the preset ${name} is one of ${String(theirs)}`;
  return [
    new AppError('config_invalid', sentence, {
      place: top.placeOf(['record']),
      hint: 'Leave record out, or name another preset.',
    }),
  ];
}
