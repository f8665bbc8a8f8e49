import { adaptSteps } from './adapt-steps.ts';
import { draftCodes } from './draft-codes.ts';
import type { DraftContext } from './draft-context.ts';
import type { ColumnMatch } from './match-columns.ts';
import { isRecord, type PresetField } from './preset.ts';
import type { ColumnProfile } from './profile.ts';
import { readFormats } from './read-formats.ts';
import { percent } from './remark-column.ts';
import { commentText, yamlText } from './yaml-text.ts';

/** The lines of one field. */
export function draftField(field: PresetField, context: DraftContext): string[] {
  const { target, type, rest } = field;
  if (type === 'do_not_map') return [`${yamlText(target)}: { type: do_not_map }`];
  if ('from' in rest) return keepAsItIs(field, context, 'reads another file: check its columns');
  if (field.columns.length === 0) return draftMade(field, context);
  const match = context.matches.get(`fields.${target}`);
  if (!match?.column)
    return draftStandIn(field) ?? leaveOut(field, context, 'no column looks like it', match?.others ?? []);
  return draftMatched(field, match.column, match, context);
}

function draftMatched(
  field: PresetField,
  column: ColumnProfile,
  match: ColumnMatch,
  context: DraftContext,
): string[] {
  const where = `fields.${field.target}`;
  const sure = match.isSure
    ? ''
    : context.ask({ where, why: 'is it this column?', candidates: match.others });
  const blank = blankDoubt(field, column).map((why) => context.ask({ where, why, candidates: [] }));
  const head = sure + blank.join('');
  const key = yamlText(field.target);
  if (field.type === 'match_codes') return [`${key}:${head}`, ...draftMatchCodes(field, column, context)];
  if (field.type !== 'transformation')
    return [`${key}: ${yamlText({ type: 'direct', column: column.name, ...field.rest })}${head}`];
  const { apply, ...checks } = field.rest;
  const { formats, doubts } = readFormats(column, context.columns);
  const { steps, missing } = adaptSteps(Array.isArray(apply) ? apply : [], formats, context.rename);
  const asked = [
    ...(missing.length > 0 ? [`its steps name ${missing.join(', ')}, which the file has not`] : []),
    ...(readsADate(steps) ? doubts : []),
  ].map((why) => context.ask({ where, why, candidates: [] }));
  const written = { type: 'transformation', column: column.name, apply: steps, ...checks };
  return [`${key}: ${yamlText(written)}${head}${asked.join('')}`];
}

/** From this share on, blanks of a required field are a habit of the file and no slips. */
const MANY_BLANKS = 0.01;

/** A blank may mean something, as a blank status of Aeries means active; here it would reject the row. */
function blankDoubt({ required, rest }: PresetField, { filled, fillRate }: ColumnProfile): string[] {
  if (!required || 'default' in rest || filled === 0 || 1 - fillRate < MANY_BLANKS) return [];
  return [`required, but blank in ${percent(1 - fillRate)} of the rows`];
}

/** A field that no column of its own fills: a constant, today, several columns together. */
function draftMade(field: PresetField, context: DraftContext): string[] {
  const { apply, ...checks } = field.rest;
  const { steps, missing } = adaptSteps(Array.isArray(apply) ? apply : [], [], context.rename);
  if (missing.length > 0) {
    const why = `its steps name ${missing.join(', ')}, which the file has not`;
    const asked = context.ask({ where: `fields.${field.target}`, why, candidates: [] });
    return [`${yamlText(field.target)}: { type: do_not_map }${asked}`];
  }
  return [`${yamlText(field.target)}: ${yamlText({ type: field.type, apply: steps, ...checks })}`];
}

/** What the preset fills a blank with needs no column: the day of the run, or its school year. */
function draftStandIn({ target, type, rest }: PresetField): string[] | undefined {
  const { apply, optional: _, ...checks } = rest;
  const last: unknown = Array.isArray(apply) ? apply.at(-1) : undefined;
  const [name, options] = isRecord(last) ? (Object.entries(last)[0] ?? []) : [];
  if (name === undefined || !isRecord(options) || options.only_blank !== true) return undefined;
  const { only_blank: __, ...others } = options;
  const step = Object.keys(others).length === 0 ? name : { [name]: others };
  return [`${yamlText(target)}: ${yamlText({ type, apply: [step], ...checks })}   # no column looks like it`];
}

function keepAsItIs(field: PresetField, { ask }: DraftContext, why: string): string[] {
  const { target, type, columns, rest } = field;
  const asked = ask({ where: `fields.${target}`, why, candidates: [] });
  const column = columns.length > 1 ? columns : columns[0];
  return [`${yamlText(target)}: ${yamlText({ type, ...(column && { column }), ...rest })}${asked}`];
}

function leaveOut(
  { target, required }: PresetField,
  { ask }: DraftContext,
  why: string,
  candidates: readonly string[],
): string[] {
  const place = { where: `fields.${target}`, why: required ? `required, but ${why}` : why, candidates };
  // A field that the file simply has not asks nothing of anybody.
  const remark = required || candidates.length > 0 ? ask(place) : `   # ${commentText(why)}`;
  return [`${yamlText(target)}: { type: do_not_map }${remark}`];
}

function readsADate(steps: readonly unknown[]): boolean {
  return steps.some((step) => step === 'date' || (isRecord(step) && ('date' in step || 'age' in step)));
}

/** Every code that the column has, those without a target marked. */
function draftMatchCodes(field: PresetField, column: ColumnProfile, context: DraftContext): string[] {
  const { codes, ...checks } = field.rest;
  const head = ['  type: match_codes', `  column: ${yamlText(column.name)}`];
  const tail = Object.entries(checks).map(([key, value]) => `  ${yamlText(key)}: ${yamlText(value)}`);
  const where = `fields.${field.target}`;
  const known = codesOf(codes);
  const found = draftCodes(column, known).filter(({ code }) => !context.nulls.includes(code));
  if (found.length === 0) {
    const why = column.filled === 0 ? 'the column is blank' : 'its values are no list of codes; see --codes';
    const asked = context.ask({ where, why, candidates: [] });
    return [...head, `  codes: ${yamlText(codes ?? {})}${asked}`, ...tail];
  }
  const targets = listOf([...new Set(known.values())]);
  const lines = found.map(({ code, value, count }) => {
    const rows = `${count.toLocaleString('en-US')} ${count === 1 ? 'row' : 'rows'}`;
    if (value !== undefined) return `    ${yamlText(code)}: ${yamlText(value)}   # ${rows}`;
    const why = `${rows}; what is it there?${targets === '' ? '' : ` One of ${targets}`}`;
    const asked = context.ask({ where: `${where}.codes.${code}`, why, candidates: [] });
    return `    ${yamlText(code)}: ""${commentText(asked)}`;
  });
  return [...head, '  codes:', ...lines, ...tail];
}

const MOST_LISTED = 8;

function listOf(values: readonly string[]): string {
  const listed = values.slice(0, MOST_LISTED).map((value) => JSON.stringify(value));
  return [...listed, ...(values.length > MOST_LISTED ? ['…'] : [])].join(', ');
}

/** Codes that stand in a file are not looked into. */
function codesOf(codes: unknown): Map<string, string> {
  if (!isRecord(codes) || ('file' in codes && 'from' in codes)) return new Map();
  return new Map(Object.entries(codes).map(([code, value]) => [code, String(value)]));
}
