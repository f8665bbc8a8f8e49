import { boolean } from './boolean.ts';
import { join, pick, template, value } from './columns.ts';
import { age, date, schoolYear, today } from './date.ts';
import { email } from './email.ts';
import { gradeLevel } from './grade-level.ts';
import { groups } from './groups.ts';
import { ifStep } from './if.ts';
import { lower, titleCase, upper } from './letter-case.ts';
import { lookup } from './lookup.ts';
import { number } from './number.ts';
import { phone } from './phone.ts';
import { hash, temporaryId } from './pseudonym.ts';
import { split, substitute } from './replace.ts';
import { digits, padLeft, squish, stripLeadingZeros, substring, trim, truncate } from './text.ts';
import type { Transformation } from './transform.ts';
import { transliterate } from './transliterate.ts';

/** Every transformation, in the order of the docs. */
export const TRANSFORMATIONS: readonly Transformation[] = [
  trim,
  squish,
  upper,
  lower,
  titleCase,
  transliterate,
  stripLeadingZeros,
  padLeft,
  substring,
  split,
  substitute,
  truncate,
  digits,
  phone,
  email,
  number,
  boolean,
  date,
  age,
  today,
  schoolYear,
  value,
  pick,
  join,
  template,
  gradeLevel,
  lookup,
  temporaryId,
  hash,
  groups,
  ifStep,
];
