import type { RecordKind } from '../vocabulary/record-kind.ts';
import { conceptOf } from './concepts.ts';
import type { DraftContext, OpenPlace } from './draft-context.ts';
import { draftField } from './draft-field.ts';
import { draftIdentity } from './draft-identity.ts';
import { draftRead } from './draft-read.ts';
import { type ColumnMatch, matchColumns, type Slot } from './match-columns.ts';
import { columnsOf, type Preset, type PresetField, presetFields } from './preset.ts';
import type { ColumnProfile, Profile } from './profile.ts';
import { commentText, yamlText } from './yaml-text.ts';

export interface MappingDraft {
  /** YAML: a mapping as it stands, whose marked lines are to be looked at. */
  text: string;
  open: OpenPlace[];
  /** Columns of the file that nothing of the draft reads. */
  unused: string[];
}

/** A first mapping of the file to the fields of the preset, as far as headers and values tell. */
export function draftMapping(profile: Profile, preset: Preset): MappingDraft {
  const open: OpenPlace[] = [];
  const fields = presetFields(preset);
  const columns = nameableColumns(profile);
  const matches = matchColumns([...slotsOf(fields), ...identitySlots(preset)], columns, preset.record);
  followFields(preset, fields, matches);
  const { lines: readLines, nulls } = draftRead(profile, (place) => mark(open, place));
  const inSteps = new Set<string>();
  const context: DraftContext = {
    record: preset.record,
    columns,
    matches,
    nulls,
    rename: (column) => {
      const found = renameColumn(column, fields, matches, columns);
      if (found !== undefined) inSteps.add(found);
      return found;
    },
    ask: (place) => mark(open, place),
  };
  const identity = draftIdentity(preset, context);
  const drafted = fields.flatMap((field) => draftField(field, context));
  const used = new Set([...inSteps, ...[...matches.values()].map((match) => match.column?.name)]);
  const unused = profile.columns.map((column) => column.name).filter((name) => !used.has(name));
  const body = [
    'version: 1',
    `title: ${yamlText(`${profile.file} to ${preset.title}`)}`,
    `record: ${preset.record}`,
    ...readLines,
    `write: ${yamlText(preset.write)}`,
    '',
    '# The columns that Rosterferry itself reads.',
    'identity:',
    ...identity.map(indent),
    '',
    'fields:',
    ...drafted.map(indent),
    ...(unused.length === 0
      ? []
      : ['', `# Columns that nothing here reads: ${commentText(unused.join(', '))}`]),
  ];
  return { text: `${[...introduction(profile, preset, open), ...body].join('\n')}\n`, open, unused };
}

function mark(open: OpenPlace[], place: OpenPlace): string {
  open.push(place);
  const others = place.candidates.length === 0 ? '' : `; perhaps ${place.candidates.join(' or ')}`;
  return `   # ? ${commentText(place.why + others)}`;
}

function introduction({ file }: Profile, preset: Preset, open: readonly OpenPlace[]): string[] {
  const places = open.length === 1 ? '1 place is' : `${open.length} places are`;
  const left =
    open.length === 0
      ? ['# Nothing is left open; look it over all the same.']
      : [`# ${places} left to you, each marked by a question mark.`];
  return [
    commentText(`# Drafted from ${file} for ${preset.name}, by its headers and values.`),
    ...left,
    '# Name it in rosterferry.yaml, then: rosterferry check, and rosterferry preview CONNECTION.',
  ];
}

/** A name that stands twice, or not at all, can be named by no mapping. */
function nameableColumns({ columns, hasHeader }: Profile): ColumnProfile[] {
  const times = new Map<string, number>();
  for (const { name } of columns) times.set(name, (times.get(name) ?? 0) + 1);
  return columns.filter(
    (column) =>
      times.get(column.name) === 1 &&
      (!hasHeader || !column.remarks.some((remark) => remark.code === 'blank_header')),
  );
}

function slotsOf(fields: readonly PresetField[]): Slot[] {
  return fields
    .filter((field) => field.columns.length > 0)
    .map(({ target, columns }) => ({ key: `fields.${target}`, names: [lastPart(target), ...columns] }));
}

function lastPart(target: string): string {
  return target.slice(target.lastIndexOf('.') + 1);
}

/** The id of the record's own kind, and the other columns that eligibility reads. */
const IDENTITY_CONCEPTS: Readonly<Record<string, string>> = {
  status: 'status',
  birth_date: 'birth_date',
  school: 'school',
  grade: 'grade',
  previous_id: 'previous_id',
};
const OWN_ID: Partial<Record<RecordKind, string>> = {
  schools: 'school',
  staff: 'staff_id',
  courses: 'course_id',
  other: 'id',
};

/** A column that a field reads may be read by the identity as well, so that these come last. */
function identitySlots({ identity, record }: Preset): Slot[] {
  return Object.entries(identity).map(([key, written]) => {
    const concept = key === 'id' ? (OWN_ID[record] ?? 'student_id') : (IDENTITY_CONCEPTS[key] ?? key);
    return {
      key: `identity.${key}`,
      names: [concept, ...(key === 'id' ? ['sourcedId'] : []), ...columnsOf(written)],
    };
  });
}

/** What a field found by its values, the identity reads as well: the preset names one column in both places. */
function followFields(
  { identity }: Preset,
  fields: readonly PresetField[],
  matches: Map<string, ColumnMatch>,
): void {
  for (const [key, written] of Object.entries(identity)) {
    const wanted = columnsOf(written);
    const field = fields.find((one) => one.columns.some((column) => wanted.includes(column)));
    const found = field && matches.get(`fields.${field.target}`);
    if (found?.column && !matches.get(`identity.${key}`)?.column) matches.set(`identity.${key}`, found);
  }
}

function renameColumn(
  column: string,
  fields: readonly PresetField[],
  matches: ReadonlyMap<string, ColumnMatch>,
  columns: readonly ColumnProfile[],
): string | undefined {
  if (columns.some(({ name }) => name === column)) return column;
  const field = fields.find((one) => one.columns.includes(column));
  const matched = field && matches.get(`fields.${field.target}`)?.column?.name;
  if (matched !== undefined) return matched;
  const concept = conceptOf(column)?.name;
  return columns.find(({ name }) => concept !== undefined && conceptOf(name)?.name === concept)?.name;
}

function indent(line: string): string {
  return line === '' ? '' : `  ${line}`;
}
