/**
 * Transforms: the steps of `apply`.
 *
 * in:       the value as the step before left it, the whole row, what a person wrote about the step
 * out:      a value, or a flaw
 * promises: columns, patterns and formats are settled when the mapping is compiled; a row costs calls and no more
 * never:    reads a clock, throws for a row, puts a value into a message
 *
 * A new transformation is one file beside this one and one line in all.ts; its examples are its tests and its docs.
 */
import type { z } from 'zod';
import type { ByteForm } from '../../bytewise/plain-bytes.ts';
import type { Pivot } from '../../time/read-date.ts';
import type { FindingCode } from '../../vocabulary/finding.ts';
import type { ColumnReader, ColumnRef } from '../../vocabulary/row.ts';
import type { RunDay } from '../../vocabulary/run.ts';

/** Why a value cannot be carried. Made when the mapping is compiled and handed out for each such row. */
export class Flaw {
  readonly code: FindingCode;
  /** A sentence without the value. */
  readonly message: string;

  constructor(code: FindingCode, message: string) {
    this.code = code;
    this.message = message;
  }
}

/** @param values the row, for steps that look at other columns. */
export type Step = (value: string, values: readonly string[]) => string | Flaw;

/** One step of `apply`: the name of a transformation and its options, checked and with their defaults. */
export interface StepSettings {
  name: string;
  options: unknown;
}

/** Two columns of a CSV beside the mapping. */
export interface TableFile {
  file: string;
  key: string;
  value: string;
}

/** @param secret env:NAME or file:PATH. Answers HMAC-SHA-256 of a text in UTF-8, 64 small hex digits. */
export type KeyedHash = (secret: string) => (text: string) => string;

/** The same id for the same prefix and key, for ever. */
export type TemporaryIdSource = (prefix: string, key: string) => string;

/** The category of a student, as `eligibility.categories` names it; undefined where none fits. */
export type CategoryReader = (values: readonly string[]) => string | undefined;

/** What a step knows besides its options. */
export interface StepContext {
  /** Settles where a column stands; a name that the file lacks is reported by whoever made this. */
  column: (ref: ColumnRef) => ColumnReader;
  /** The target field, for messages about the mapping. */
  field: string;
  day: RunDay;
  /** What stands in the file of a lookup: key -> value. */
  table: (file: TableFile) => ReadonlyMap<string, string>;
  /** The keyed hash under a secret that the mapping refers to; throws where that was not resolved. */
  keyedHash?: KeyedHash;
  temporaryId?: TemporaryIdSource | undefined;
  category?: CategoryReader | undefined;
  /** How two-digit years of the field's column are completed; luxon's rule where it is left out. */
  pivot?: Pivot;
}

/** A worked example: `apply: [ { NAME: options } ]` on `value`, or the bare name where there are no options. */
export interface Example<Options = unknown> {
  options?: Options;
  /** The columns of the row that matter. */
  row?: Readonly<Record<string, string>>;
  /** What stands in the file of a lookup. */
  table?: Readonly<Record<string, string>>;
  /** The category of the student. */
  category?: string;
  value: string;
  /** Exactly one of the two. */
  gives?: string;
  flaw?: FindingCode;
  note?: string;
}

export interface Transformation<Options = unknown> {
  name: string;
  /** One or more sentences of Markdown. */
  summary: string;
  /** What may stand after the name; where it accepts `undefined` the bare name is enough. */
  options: z.ZodType<Options>;
  /** It makes a value of the row or the day, so that its field needs no column. */
  makesValue?: boolean;
  /** It does no more than this to a value, so that one of plain letters needs not become text. */
  byteForm?: ByteForm;
  /** It is asked even where the value is blank; the others let a blank pass, as an empty text. */
  readsBlanks?: boolean;
  examples: readonly Example[];
  /** Called once a run. A method, so that transformations of different options fit one list. */
  compile(options: Options, context: StepContext): Step;
}

/** Ties the types of the options, of the examples and of `compile` together. */
export function transformation<Schema extends z.ZodType>(
  definition: Transformation<z.output<Schema>> & {
    options: Schema;
    examples: readonly Example<z.input<Schema>>[];
  },
): Transformation {
  return definition;
}
