import { readFile } from 'node:fs/promises';
import { mappingSchema } from '../config/load-mapping.ts';
import { mergeLayers } from '../config/merge-presets.ts';
import { type PresetAbout, readPresetAbout } from '../config/preset-about.ts';
import { FROM_PACKAGE, listPresetFiles, type PresetFile } from '../config/preset-files.ts';
import { readLayers } from '../config/preset-layers.ts';
import { readYaml } from '../config/read-yaml.ts';
import { throwAll } from '../errors/app-error.ts';
import type { WriteSettings } from '../render/schema.ts';

const GENERATED = /(<!-- generated: presets -->\n).*?(<!-- \/generated -->)/s;

/** docs/presets.md, its made part made anew from the presets of the package. */
export async function renderPresetsPage(page: string): Promise<string> {
  const files = await listPresetFiles([FROM_PACKAGE]);
  const described = await Promise.all(files.map(describePreset));
  const systems = Map.groupBy(described, ({ name }) => name.split('/')[0] ?? name);
  const parts = [...systems].map(([system, presets]) => renderSystem(system, presets));
  return page.replace(GENERATED, (_, open, close) => `${open}\n${parts.join('\n\n')}\n\n${close}`);
}

interface Described {
  name: string;
  about: PresetAbout;
  record: string;
  /** How the file is written. */
  format: string;
  /** The fields that are written, those that a row must have, and those that wait to be switched on. */
  fields: string[];
  required: string[];
  off: string[];
}

async function describePreset({ name, path, shown }: PresetFile): Promise<Described> {
  const { mistakes, ...layers } = await readLayers(await readYaml(path, shown), [FROM_PACKAGE]);
  throwAll(mistakes);
  const { fields, record, write } = mappingSchema.parse(mergeLayers(layers).value);
  const named = Object.entries(fields);
  const written = named.filter(([, field]) => field.type !== 'do_not_map');
  return {
    name,
    about: readPresetAbout(await readFile(path, 'utf8')),
    record,
    format: formatOf(write),
    fields: written.map(([field]) => field),
    required: written.filter(([, field]) => field.required).map(([field]) => field),
    off: named.filter(([, field]) => field.type === 'do_not_map').map(([field]) => field),
  };
}

function renderSystem(system: string, presets: readonly Described[]): string {
  const rows = presets.map(({ name, record, about, format }) =>
    [`\`${name}\``, record, about.direction, format, about.source, about.toConfirm].map(cell),
  );
  const lines = [HEAD, HEAD.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
  return [`### ${system}`, lines.join('\n'), ...presets.map(renderNotes)].join('\n\n');
}

const HEAD = ['preset', 'record', 'direction', 'file', 'from which document', 'to confirm'];

const DELIMITERS: Readonly<Record<string, string>> = {
  ',': 'commas',
  '\t': 'tabs',
  '|': 'bars',
  ';': 'semicolons',
};

function formatOf(write: WriteSettings): string {
  const { file, delimiter, quote, line_ending: end } = write;
  const parts = [DELIMITERS[delimiter] ?? delimiter, end.toUpperCase()];
  if (quote === 'never') parts.push('no quotes');
  if (write.escape === 'backslash') parts.push('quotes after a backslash');
  return `\`${file}\`: ${parts.join(', ')}`;
}

function renderNotes({ name, about, fields, required, off }: Described): string {
  const notes = [
    ['Fields', `${listed(fields)}.`],
    ['Required', required.length === 0 ? '' : `${listed(required)}.`],
    ['Dates', about.dates],
    ['Statuses', about.statuses],
    ['Switched off', off.length === 0 ? '' : `${listed(off)}.`],
    ['Note', about.note],
  ].filter(([, text]) => text !== '');
  return [
    `**${name}**: ${cell(about.summary)}`,
    ...notes.map(([key, text = '']) => `- ${key}: ${cell(text)}`),
  ].join('\n');
}

function listed(fields: readonly string[]): string {
  return fields.map((field) => `\`${field}\``).join(', ');
}

/** A bar would end a cell, and a star or an angle would mean something. */
function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\*(?!\*)/g, '\\*');
}
