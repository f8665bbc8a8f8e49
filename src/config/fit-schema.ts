/** Questions to a schema about a value that it refused: which branch was meant, which keys and values it knows. */
import { z } from 'zod';

export type Schema = z.core.$ZodType;
export type Path = readonly PropertyKey[];

/** The schema without what is wrapped around it; a union comes as its options, those of unions inside it included. */
export function optionsOf(schema: Schema): Schema[] {
  if (schema instanceof z.ZodUnion) return schema.options.flatMap(optionsOf);
  if (schema instanceof z.ZodLazy) return optionsOf(schema.unwrap());
  if (schema instanceof z.ZodPipe)
    return optionsOf(schema.in instanceof z.ZodTransform ? schema.out : schema.in);
  if (
    schema instanceof z.ZodOptional ||
    schema instanceof z.ZodNullable ||
    schema instanceof z.ZodDefault ||
    schema instanceof z.ZodPrefault ||
    schema instanceof z.ZodReadonly
  )
    return optionsOf(schema.unwrap());
  return [schema];
}

/** The options that the value comes nearest to: one, or several that nothing tells apart. */
export function fittest(schema: Schema, value: unknown): Schema[] {
  const options = optionsOf(schema);
  if (options.length < 2) return options;
  const scored = options.map((option) => ({ option, penalty: penaltyOf(option, value) }));
  const least = Math.min(...scored.map((one) => one.penalty));
  return scored.filter((one) => one.penalty === least).map((one) => one.option);
}

/** What stands at the path, following the branches that the value comes nearest to. */
export function schemasAt(schema: Schema, value: unknown, path: Path): Schema[] {
  let found = [schema];
  let here = value;
  for (const key of path) {
    const inside = found.flatMap((one) => fittest(one, here)).map((one) => childOf(one, key));
    found = inside.filter((one) => one !== undefined);
    here = childValue(here, key);
  }
  return found;
}

/** What may stand at the path, whichever branch was meant last: the words of a key that tells the branches apart. */
export function choicesAt(schema: Schema, value: unknown, path: Path): Schema[] {
  const above = schemasAt(schema, value, path.slice(0, -1)).flatMap(optionsOf);
  const key = path.at(-1);
  if (key === undefined) return above;
  return above.map((one) => childOf(one, key)).filter((one) => one !== undefined);
}

export function valueAt(value: unknown, path: Path): unknown {
  return path.reduce(childValue, value);
}

/** Every key that one of the maps may have. */
export function knownKeys(schemas: readonly Schema[]): string[] {
  return [...new Set(schemas.flatMap((one) => (one instanceof z.ZodObject ? Object.keys(one.shape) : [])))];
}

/** The keys that the map cannot do without. */
export function requiredKeys(schema: Schema): string[] {
  if (!(schema instanceof z.ZodObject)) return [];
  return Object.entries(schema.shape)
    .filter(([, child]) => !z.safeParse(child, undefined).success)
    .map(([key]) => key);
}

/** The words or numbers of which one must stand there; nothing where the value is free. */
export function allowedWords(schema: Schema): (string | number | boolean)[] {
  return optionsOf(schema).flatMap((option) => {
    if (option instanceof z.ZodEnum) return option.options;
    if (!(option instanceof z.ZodLiteral)) return [];
    return [...option.values].filter(
      (word) => typeof word === 'string' || typeof word === 'number' || typeof word === 'boolean',
    );
  });
}

function childOf(schema: Schema, key: PropertyKey): Schema | undefined {
  if (schema instanceof z.ZodObject) return schema.shape[String(key)];
  if (schema instanceof z.ZodRecord) return schema.valueType;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodTuple) return schema.def.items[Number(key)];
  return undefined;
}

function childValue(value: unknown, key: PropertyKey): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  return Object.getOwnPropertyDescriptor(value, key)?.value;
}

const WRONG_KIND = 1000;
const WRONG_WORD_INSIDE = 100;
const UNKNOWN_KEY = 3;
const MISSING_KEY = 2;
const WRONG_INSIDE = 1;
const WRONG_CONTENT = 10;

function penaltyOf(schema: Schema, value: unknown): number {
  const result = z.safeParse(schema, value);
  if (result.success) return 0;
  return result.error.issues.reduce((sum, issue) => sum + penaltyOfIssue(issue, value), 0);
}

function penaltyOfIssue(issue: z.core.$ZodIssue, value: unknown): number {
  if (issue.code === 'unrecognized_keys')
    return issue.path.length === 0 ? UNKNOWN_KEY * issue.keys.length : WRONG_INSIDE;
  if (issue.path.length === 0)
    return issue.code === 'invalid_type' || issue.code === 'invalid_value' ? WRONG_KIND : WRONG_CONTENT;
  if (issue.path.length > 1) return WRONG_INSIDE;
  if (valueAt(value, issue.path) === undefined) return MISSING_KEY;
  // A word such as `type: local` says which map was meant; where it differs, another one was.
  return issue.code === 'invalid_value' && issue.values.length === 1 ? WRONG_WORD_INSIDE : WRONG_INSIDE;
}

/** The type that the map would have to have, where it says another one. */
export function typeUnlike(schema: Schema, value: unknown): string[] {
  const written = valueAt(value, ['type']);
  const words = schemasAt(schema, value, ['type']).flatMap(allowedWords).map(String);
  return written === undefined || words.includes(String(written)) ? [] : words;
}
