import { z } from 'zod';
import type { AppError } from '../errors/app-error.ts';
import {
  type Checked,
  choicesOf,
  describeSchemas,
  holdsSecret,
  keysAt,
  literalSecret,
  mistake,
  place,
  placeOrFile,
  wantedOf,
} from './checked-value.ts';
import {
  allowedWords,
  fittest,
  knownKeys,
  type Path,
  type Schema,
  schemasAt,
  typeUnlike,
  valueAt,
} from './fit-schema.ts';
import { hintAmong, nearestName } from './nearest-name.ts';
import { hintOf, wordIssue } from './word-issue.ts';
import { alternatives, hintAtKind, namePath, showValue } from './word-values.ts';

/** Every issue as a mistake that a person can mend: where it stands, what was found, what is allowed. */
export function explainIssues(issues: readonly z.core.$ZodIssue[], checked: Checked): AppError[] {
  const misspelt = new Set(issues.flatMap((issue) => keysMeant(issue, checked)));
  const slips = issues.filter((issue) => keysMeant(issue, checked).length > 0);
  const slipped = new Set(slips.map(({ path }) => namePath(path)));
  const mistakes = issues
    .filter(
      (issue) => !misspelt.has(namePath(issue.path)) || valueAt(checked.value, issue.path) !== undefined,
    )
    // What a map lacks as a whole may be what the misspelt key was to say.
    .filter((issue) => issue.code !== 'custom' || !slipped.has(namePath(issue.path)))
    .flatMap((issue) => explain(issue, checked));
  // What was refused is never passed over in silence, even where no branch of its schema can say why.
  const [first] = issues;
  return mistakes.length > 0 || !first ? mistakes : [wrongKind(first.path, checked)];
}

type Issue = z.core.$ZodIssue;

/** A key that is missing only because it was misspelt is said once. */
function keysMeant(issue: Issue, checked: Checked): string[] {
  if (issue.code !== 'unrecognized_keys') return [];
  const { known } = keysAt(issue.path, checked);
  const meant = issue.keys.map((key) => nearestName(key, known)).filter((key) => key !== undefined);
  return meant.map((key) => namePath([...issue.path, key]));
}

function explain(issue: Issue, checked: Checked): AppError[] {
  const { path } = issue;
  const value = valueAt(checked.value, path);
  if (issue.code === 'unrecognized_keys')
    return misjudged(issue, checked) ?? unknownKeys(issue.keys, path, checked);
  if (holdsSecret(path, checked) && value !== undefined) return [literalSecret(path, checked)];
  if (value === undefined && path.length > 0)
    return [issue.code === 'custom' ? saidOfNothing(issue, checked) : missingKey(issue, checked)];
  switch (issue.code) {
    case 'invalid_union':
      return unfitting(issue, checked);
    case 'invalid_type':
      return [wrongKind(path, checked)];
    case 'invalid_value':
      return [wrongWord(path, checked)];
    case 'invalid_key':
      return [wrongName(issue, checked)];
    default:
      return [mistake(path, checked, wordIssue(issue, place(path, checked), value), hintOf(issue, value))];
  }
}

/** A room asks for what is not written: it says itself what that should be. */
function saidOfNothing({ path, message }: Issue, checked: Checked): AppError {
  const parent = path.slice(0, -1);
  return mistake(parent, checked, `${placeOrFile(parent, checked)} lacks ${String(path.at(-1))}: ${message}`);
}

/** zod tells of the one branch that has strange keys alone, also where another one was meant and is mistaken inside. */
function misjudged(issue: Issue & { code: 'unrecognized_keys' }, checked: Checked): AppError[] | undefined {
  const value = valueAt(checked.value, issue.path);
  const [only, ...others] = schemasAt(checked.schema, checked.value, issue.path).flatMap((one) =>
    fittest(one, value),
  );
  const isMeant = only && others.length === 0 && issue.keys.every((key) => knownKeys([only]).includes(key));
  return isMeant ? inBranch(only, issue.path, value, checked) : undefined;
}

/** A value that fits no branch: either none is of its kind, or one was nearly met and is explained instead. */
function unfitting(issue: Issue & { code: 'invalid_union' }, checked: Checked): AppError[] {
  const { path, message } = issue;
  if (issue.discriminator !== undefined) return [wrongWord(path, checked)];
  const value = valueAt(checked.value, path);
  const nearest = schemasAt(checked.schema, checked.value, path).flatMap((one) => fittest(one, value));
  const [only, ...others] = nearest;
  if (only && others.length === 0) return inBranch(only, path, value, checked);
  if (nearest.every((one) => one instanceof z.ZodObject) && isMap(value))
    return undecided(nearest, path, value, checked);
  return [message.startsWith('Invalid') ? wrongWord(path, checked) : wrongKind(path, checked, message)];
}

function isMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inBranch(branch: Schema, path: Path, value: unknown, checked: Checked): AppError[] {
  const inside = z.safeParse(branch, value);
  if (inside.success) return [];
  const prefix = [...checked.prefix, ...path];
  return explainIssues(inside.error.issues, { ...checked, schema: branch, value, prefix });
}

/** A map that could be several things: a key that none of them has is the mistake, or else the choice itself. */
function undecided(branches: readonly Schema[], path: Path, value: object, checked: Checked): AppError[] {
  const known = knownKeys(branches);
  const strange = Object.keys(value).filter((key) => !known.includes(key));
  if (strange.length > 0) return unknownKeys(strange, path, checked);
  const { all } = keysAt(path, checked);
  return [mistake(path, checked, `${place(path, checked)} must have exactly one of ${alternatives(all)}`)];
}

function unknownKeys(keys: readonly string[], path: Path, checked: Checked): AppError[] {
  const { known, all } = keysAt(path, checked);
  const where = placeOrFile(path, checked);
  return keys.map((key) => {
    const at = [...path, key];
    if (known.includes(key) || !knownKeys(all).includes(key))
      return mistake(at, checked, `${where} has no key ${key}`, hintAmong(key, known), 'key');
    return keyOfAnother(key, path, checked, all);
  });
}

/** A key of another branch: of another type, by itself, or one too many. */
function keyOfAnother(key: string, path: Path, checked: Checked, all: readonly Schema[]): AppError {
  const value = valueAt(checked.value, path);
  const where = placeOrFile(path, checked);
  const at = [...path, key];
  const owners = all.filter((branch) => knownKeys([branch]).includes(key));
  const types = owners.flatMap((owner) => typeUnlike(owner, value));
  if (types.length > 0)
    return mistake(
      at,
      checked,
      `${where} has no key ${key}`,
      `It belongs to type: ${types.join(' or ')}.`,
      'key',
    );
  const [owner] = owners;
  const isAlone = isMap(value) && Object.keys(value).length === 1;
  const [inside] = isAlone && owner ? inBranch(owner, path, value, checked) : [];
  if (inside) return inside;
  const hint = `It takes one of ${alternatives(all)}.`;
  return mistake(at, checked, `${where} cannot have ${key} beside its other keys`, hint, 'key');
}

function missingKey(issue: Issue, checked: Checked): AppError {
  const { path } = issue;
  const parent = path.slice(0, -1);
  const wanted = describeSchemas(
    issue.code === 'invalid_union' ? choicesOf(path, checked) : wantedOf(path, checked),
  );
  const sentence = `${placeOrFile(parent, checked)} lacks ${String(path.at(-1))}`;
  return mistake(parent, checked, sentence, wanted === '' ? `Add it.` : `Add it: ${wanted}.`);
}

function wrongKind(
  path: Path,
  checked: Checked,
  wanted = describeSchemas(wantedOf(path, checked)),
): AppError {
  const value = valueAt(checked.value, path);
  const sentence = `${placeOrFile(path, checked)} is ${showValue(value)}, but must be ${wanted}`;
  return mistake(path, checked, sentence, hintAtKind(value, wanted));
}

const MANY_WORDS = 8;

function wrongWord(path: Path, checked: Checked): AppError {
  const choices = choicesOf(path, checked);
  const words = choices.flatMap(allowedWords).map(String);
  const value = valueAt(checked.value, path);
  const near = typeof value === 'string' ? nearestName(value, words) : undefined;
  if (near === undefined) return wrongKind(path, checked, describeSchemas(choices));
  const found = `${place(path, checked)} is ${showValue(value)}`;
  const rest = words.length > MANY_WORDS ? 'which is not known' : `but must be ${describeSchemas(choices)}`;
  return mistake(path, checked, `${found}, ${rest}`, `Did you mean ${near}?`);
}

function wrongName(issue: Issue & { code: 'invalid_key' }, checked: Checked): AppError {
  const { path } = issue;
  const why = issue.issues.map((one) => one.message).join('; ');
  const sentence = `${placeOrFile(path.slice(0, -1), checked)}: the name ${showValue(String(path.at(-1)))} must be ${why}`;
  return mistake(path, checked, sentence, 'Give it another name.', 'key');
}
