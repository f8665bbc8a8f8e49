import { FINDING_CODES } from '../vocabulary/finding.ts';
import { INELIGIBLE_REASONS } from '../vocabulary/verdict.ts';
import type { ExceptionRow } from './exceptions-csv.ts';

/** What the lines of a group ask of a reader: to mend something, to know a rule, to decide, or nothing. */
export type GroupKind = 'broken' | 'left_out' | 'held' | 'duplicate';

/** Rows that are not carried for one and the same cause. */
export interface ExceptionGroup {
  kind: GroupKind;
  /** As it was named in the drop. */
  file: string;
  code: string;
  /** Blank where it is the whole row. */
  field: string;
  /** Blank where the causes were too many to be told apart. */
  message: string;
  rows: number;
  first: readonly ExceptionRow[];
  /** The values that repeat, the most frequent first; empty where each row has another one. */
  values: readonly { value: string; rows: number }[];
}

export interface ExceptionSummary {
  groups: readonly ExceptionGroup[];
  /** Lines of exceptions.csv that were read: a row with two faults has two. */
  lines: number;
  /** The file is longer than what was read. */
  isCut: boolean;
}

/** Reads on through exceptions.csv row by row, and keeps little of it, however long it is. */
export interface ExceptionGroups {
  add(row: ExceptionRow): void;
  summary(isCut: boolean): ExceptionSummary;
}

/** Rows of a group that are kept to be shown. */
const FIRST_ROWS = 5;
/** Beyond so many causes, those of one code and field are one. */
const MOST_GROUPS = 300;
/** A column with more distinct values than this has no codes, but names or dates. */
const MOST_VALUES = 40;
const VALUES_SHOWN = 5;

interface Gathered extends Omit<ExceptionGroup, 'first' | 'values'> {
  first: ExceptionRow[];
  /** Undefined once there are too many of them. */
  counts: Map<string, number> | undefined;
}

export function openExceptionGroups(): ExceptionGroups {
  const groups = new Map<string, Gathered>();
  let lines = 0;
  return {
    add(row) {
      lines += 1;
      const group = groups.get(keyOf(row, row.message)) ?? addGroup(groups, row);
      group.rows += 1;
      if (group.first.length < FIRST_ROWS) group.first.push(row);
      countValue(group, row.value);
    },
    summary: (isCut) => ({ groups: [...groups.values()].map(finish), lines, isCut }),
  };
}

export const NO_EXCEPTIONS: ExceptionSummary = openExceptionGroups().summary(false);

function addGroup(groups: Map<string, Gathered>, row: ExceptionRow): Gathered {
  const message = groups.size < MOST_GROUPS ? row.message : '';
  const key = keyOf(row, message);
  const known = groups.get(key);
  if (known) return known;
  const { file, code, field } = row;
  const made = { kind: kindOf(code), file, code, field, message, rows: 0, first: [], counts: new Map() };
  groups.set(key, made);
  return made;
}

function keyOf({ file, code, field }: ExceptionRow, message: string): string {
  return [file, code, field, message].join('\n');
}

const REASONS: ReadonlySet<string> = new Set(INELIGIBLE_REASONS);

function kindOf(code: string): GroupKind {
  if (code === 'duplicate') return code;
  if (REASONS.has(code)) return 'left_out';
  return Object.hasOwn(FINDING_CODES, code) ? 'broken' : 'held';
}

function countValue(group: Gathered, value: string): void {
  const { counts } = group;
  if (!counts) return;
  counts.set(value, (counts.get(value) ?? 0) + 1);
  if (counts.size > MOST_VALUES) group.counts = undefined;
}

function finish({ counts = new Map<string, number>(), ...group }: Gathered): ExceptionGroup {
  const values = [...counts]
    .filter(([value, rows]) => value !== '' && rows > 1)
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, VALUES_SHOWN)
    .map(([value, rows]) => ({ value, rows }));
  return { ...group, values };
}
