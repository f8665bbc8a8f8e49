/** Values, places and schemas in words. */
import { z } from 'zod';
import { allowedWords, knownKeys, type Path, requiredKeys, type Schema } from './fit-schema.ts';

const LONGEST_SHOWN = 60;
/** Of age, and what PEM and PGP write. */
const SECRET_KEY = /AGE-SECRET-KEY-|-----BEGIN /i;

/** What was found, as it stands in the file; maps and lists only by their kind. */
export function showValue(value: unknown): string {
  if (value === null || value === undefined) return 'blank';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object') return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  const text = JSON.stringify(value);
  if (SECRET_KEY.test(text)) return 'a secret key, which is not shown';
  return text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}..."` : text;
}

/** connections.riverside.files.students; a key with a dot in it stands in quotes. */
export function namePath(path: Path): string {
  return path
    .map((key) => (typeof key === 'number' ? `[${key + 1}]` : dotted(String(key))))
    .join('')
    .replace(/^\./, '');
}

function dotted(key: string): string {
  return /^[\w-]+$/.test(key) ? `.${key}` : `."${key}"`;
}

/** What one option of a schema takes. */
export function describeKind(schema: Schema): string[] {
  const words = allowedWords(schema);
  if (words.length > 0) return words.map(String);
  if (schema instanceof z.ZodString) return [formOf(schema) ?? 'text'];
  if (schema instanceof z.ZodNumber)
    return [schema.format === 'safeint' || schema.isInt ? 'a whole number' : 'a number'];
  if (schema instanceof z.ZodBoolean) return ['true or false'];
  if (schema instanceof z.ZodArray) return ['a list'];
  if (schema instanceof z.ZodRecord) return ['a map'];
  if (!(schema instanceof z.ZodObject)) return [];
  const required = requiredKeys(schema);
  const keys = required.length > 0 ? required : knownKeys([schema]);
  if (keys.length === 0) return ['an empty map'];
  return [
    keys.length > MOST_KEYS ? 'a map' : `a map with ${keys.join(required.length > 0 ? ' and ' : ' or ')}`,
  ];
}

const MOST_KEYS = 4;

/** What a room says about the form of a text, such as "a number and a unit: 5s", asked of the schema by a text of no form. */
function formOf(schema: z.ZodString): string | undefined {
  const issues = z.safeParse(schema, '\u0000').error?.issues ?? [];
  const form = issues.find((issue) => issue.code === 'invalid_format')?.message;
  return form !== undefined && /^an? /.test(form) ? form : undefined;
}

export function describeWanted(kinds: readonly (readonly string[])[]): string {
  const all = [...new Set(kinds.flat())];
  const isSaid = (kind: string) => all.some((other) => other !== kind && other.endsWith(` ${kind}`));
  return asSentenceList(
    all.filter((kind) => !isSaid(kind)),
    'or',
  );
}

/** a, b and c */
export function asSentenceList(words: readonly string[], last = 'and'): string {
  const [only = '', ...more] = words;
  if (more.length === 0) return only;
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

const MEANT: Readonly<Record<string, boolean>> = {
  yes: true,
  on: true,
  true: true,
  no: false,
  off: false,
  false: false,
};

/** What was meant by a value of the wrong kind, where one can be sure. */
export function hintAtKind(value: unknown, wanted: string): string | undefined {
  if (typeof value === 'object' || value === undefined) return undefined;
  if (wanted === 'a list') return `Write it as a list: [${JSON.stringify(value)}].`;
  const meant = wanted.startsWith('true or false') ? MEANT[String(value).toLowerCase()] : undefined;
  return meant === undefined ? undefined : `Did you mean ${meant}?`;
}

/** The keys by which the branches of a choice are told apart. */
export function alternatives(branches: readonly Schema[]): string {
  const sets = branches.map((branch) => requiredKeys(branch).join(' and ')).filter((keys) => keys !== '');
  return [...new Set(sets)].join(', ');
}
