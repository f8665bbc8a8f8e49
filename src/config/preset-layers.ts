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
export async function readLayers(
  mapping: YamlFile,
  folders: readonly PresetFolder[],
  list = listPresetFiles,
): Promise<Layers> {
  const layers: [YamlFile, ...YamlFile[]] = [mapping];
  const names: string[] = [];
  for (let top = mapping; ; ) {
    if (!isMap(top.value) || top.value.preset === undefined) return { layers, names, mistakes: [] };
    const found = findPreset(top.value.preset, top, { layers, known: await list(folders) });
    if (found instanceof AppError) return { layers, names, mistakes: [found] };
    const below = await readYaml(found.path, found.shown, () => top.placeOf(['preset']));
    const mistakes = below.mistakes.length > 0 ? below.mistakes : contradictionsOf(top, below, found.name);
    if (mistakes.length > 0) return { layers, names, mistakes };
    layers.push(below);
    names.push(found.name);
    top = below;
  }
}

function findPreset(
  written: unknown,
  file: YamlFile,
  { layers, known }: { layers: readonly YamlFile[]; known: readonly PresetFile[] },
): PresetFile | AppError {
  const place = file.placeOf(['preset']);
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

function contradictionsOf(top: YamlFile, below: YamlFile, name: string): AppError[] {
  if (isMap(below.value)) return [...otherRecord(top, below, name), ...slipsOfFields(top, below, name)];
  return [
    new AppError('config_invalid', 'a preset must be a map, as a mapping is', {
      place: { file: below.shown, line: 1, column: 1 },
      hint: 'Write it as a mapping, or name another preset.',
    }),
  ];
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

/** students.dob beside students.DOB would be a second column, which nobody means. */
function slipsOfFields(top: YamlFile, below: YamlFile, name: string): AppError[] {
  const theirs = fieldNames(below);
  const slips = fieldNames(top).filter((own) => !theirs.includes(own));
  return slips.flatMap((own) => {
    const meant = theirs.find((their) => fold(their) === fold(own));
    if (meant === undefined) return [];
    const sentence = `fields has ${own}, and the preset ${name} writes it ${meant}`;
    const place = top.placeOf(['fields', own], 'key');
    return [new AppError('config_invalid', sentence, { place, hint: `Did you mean ${meant}?` })];
  });
}

function fieldNames({ value }: YamlFile): string[] {
  return isMap(value) && isMap(value.fields) ? Object.keys(value.fields) : [];
}

function fold(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}
