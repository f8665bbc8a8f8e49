/** Questions about a value that was refused, asked of the file and of the schema together. */
import { z } from 'zod';
import { AppError } from '../errors/app-error.ts';
import { SECRET_FORM, secretRef } from '../sftp/schema.ts';
import {
  choicesAt,
  fittest,
  knownKeys,
  optionsOf,
  type Path,
  type Schema,
  schemasAt,
  valueAt,
} from './fit-schema.ts';
import type { YamlFile } from './read-yaml.ts';
import { describeKind, describeWanted, namePath } from './word-values.ts';

/** What was checked: a value of a file, against a schema, standing under `prefix` in that file. */
export interface Checked {
  schema: Schema;
  value: unknown;
  file: YamlFile;
  prefix: Path;
}

/** The keys of the branch that was meant; those of all branches where nothing tells. */
export function keysAt(path: Path, checked: Checked): { known: string[]; all: Schema[] } {
  const schemas = schemasAt(checked.schema, checked.value, path);
  const all = schemas.flatMap(optionsOf);
  const value = valueAt(checked.value, path);
  const known = knownKeys(schemas.flatMap((schema) => fittest(schema, value)));
  return { known: known.length > 0 ? known : knownKeys(all), all };
}

export function literalSecret(path: Path, checked: Checked): AppError {
  const name = place(path, checked);
  if (path.at(-1) === 'known_hosts' || path.includes('encrypt'))
    return mistake(path, checked, `${name} must be file:PATH`, 'Write file: before the path.');
  const sentence = `${name} holds a secret itself; it must be env:NAME or file:PATH`;
  return new AppError('secret_literal', sentence, {
    place: checked.file.placeOf([...checked.prefix, ...path]),
  });
}

const SECRET_KEYS = new Set(['password', 'passphrase', 'private_key', 'known_hosts', 'webhook', 'secret']);

/** Whether what stands there may be a secret: by its key, or because nothing but the reference to a secret belongs there. */
export function holdsSecret(path: Path, checked: Checked): boolean {
  const isRef = secretRef.safeParse(valueAt(checked.value, path)).success;
  const whole = [...checked.prefix, ...path];
  const isStep = whole.at(-1) === 'hash' && whole.includes('apply');
  const isNamed = isStep || whole.some((key) => SECRET_KEYS.has(String(key)));
  return !isRef && (isNamed || wantedOf(path, checked).some(wantsSecret));
}

function wantsSecret(schema: Schema): boolean {
  if (!(schema instanceof z.ZodString)) return false;
  const issues = z.safeParse(schema, '').error?.issues ?? [];
  return issues.some((issue) => issue.message === SECRET_FORM);
}

export function wantedOf(path: Path, checked: Checked): Schema[] {
  return schemasAt(checked.schema, checked.value, path).flatMap(optionsOf);
}

/** Of a key that tells branches apart, such as type, the words of every branch. */
export function choicesOf(path: Path, checked: Checked): Schema[] {
  return choicesAt(checked.schema, checked.value, path).flatMap(optionsOf);
}

export function describeSchemas(schemas: readonly Schema[]): string {
  return describeWanted(schemas.map(describeKind));
}

export function place(path: Path, checked: Checked): string {
  return namePath([...checked.prefix, ...path]);
}

export function placeOrFile(path: Path, checked: Checked): string {
  return place(path, checked) || 'the file';
}

export function mistake(
  path: Path,
  checked: Checked,
  sentence: string,
  hint = 'Mend this value.',
  at?: 'key',
): AppError {
  const where = checked.file.placeOf([...checked.prefix, ...path], at);
  return new AppError('config_invalid', sentence, { place: where, hint });
}
