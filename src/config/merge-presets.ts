import { dirname, isAbsolute, join, relative } from 'node:path';
import { stringify } from 'yaml';
import type { Path } from './fit-schema.ts';
import type { Layers } from './preset-layers.ts';
import { isMap } from './read-included.ts';
import type { YamlFile } from './read-yaml.ts';

type Map = Readonly<Record<string, unknown>>;

/** Maps of which a mapping gives what it wants otherwise, key by key; each other key is given whole. */
const MERGED = ['read', 'write', 'identity', 'repeats', 'fields'];

/**
 * A mapping over the presets that it starts from, as one file: its values, its text as if it had been written out, and
 * each place in the file where it stands. A mapping without a preset comes out as it is.
 */
export function mergeLayers({ layers, names }: Omit<Layers, 'mistakes'>): YamlFile {
  const [mapping, ...presets] = layers;
  if (presets.length === 0 || !layers.every(({ value }) => isMap(value))) return mapping;
  const folder = dirname(mapping.path);
  const value = layers.reduceRight<Map>((below, layer) => {
    const own = isMap(layer.value) ? layer.value : {};
    return merge(below, withPathsFrom(own, relative(folder, dirname(layer.path))));
  }, {});
  return {
    ...mapping,
    value,
    text: () => render(value, mapping, names),
    placeOf: (path, at) => layerOf(path, layers).placeOf(path, at),
  };
}

function merge(below: Map, { preset: _, ...own }: Map): Map {
  const merged = Object.entries(own).map(([key, value]) => {
    const under = below[key];
    if (!MERGED.includes(key) || !isMap(under) || !isMap(value)) return [key, value];
    return [key, key === 'fields' ? { ...under, ...value } : withoutBlanks({ ...under, ...value })];
  });
  return { ...below, ...Object.fromEntries(merged) };
}

/** A key that is given without a value takes back what the preset says: `identity: { birth_date: }`. */
function withoutBlanks(map: Map): Map {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null));
}

/** The topmost layer that says something about the path; the mapping where none does. */
function layerOf([key, inside]: Path, [mapping, ...presets]: Layers['layers']): YamlFile {
  if (key === undefined) return mapping;
  const isMergedKey = inside !== undefined && MERGED.includes(String(key));
  const saysIt = ({ value }: YamlFile): boolean => {
    const found = isMap(value) ? value[String(key)] : undefined;
    return isMergedKey && isMap(found) ? Object.hasOwn(found, inside) : found !== undefined;
  };
  return [mapping, ...presets].find(saysIt) ?? mapping;
}

/** A file that a preset names lies beside the preset; in the merged mapping it is named from the mapping. */
function withPathsFrom(value: Map, folder: string): Map {
  if (folder === '' || !isMap(value.fields)) return value;
  const moved = Object.entries(value.fields).map(([name, field]) => [name, fieldFrom(field, folder)]);
  return { ...value, fields: Object.fromEntries(moved) };
}

function fieldFrom(field: unknown, folder: string): unknown {
  if (!isMap(field)) return field;
  const { codes, apply } = field;
  return {
    ...field,
    ...(isMap(codes) && ['file', 'from', 'to'].every((key) => key in codes)
      ? { codes: { ...codes, file: pathFrom(codes.file, folder) } }
      : {}),
    ...(Array.isArray(apply) ? { apply: apply.map((step) => stepFrom(step, folder)) } : {}),
  };
}

function stepFrom(step: unknown, folder: string): unknown {
  if (!isMap(step)) return step;
  const { lookup, hash } = step;
  if (isMap(lookup)) return { ...step, lookup: { ...lookup, file: pathFrom(lookup.file, folder) } };
  if (!isMap(hash) || typeof hash.secret !== 'string' || !hash.secret.startsWith(FILE)) return step;
  const secret = `${FILE}${String(pathFrom(hash.secret.slice(FILE.length), folder))}`;
  return { ...step, hash: { ...hash, secret } };
}

const FILE = 'file:';

function pathFrom(written: unknown, folder: string): unknown {
  return typeof written !== 'string' || isAbsolute(written) ? written : join(folder, written);
}

function render(value: Map, mapping: YamlFile, names: readonly string[]): string {
  const made = `# ${mapping.shown} over the preset ${names.join(', which is over ')}.`;
  return `${made}\n${stringify(value, { aliasDuplicateObjects: false, lineWidth: 0 })}`;
}
