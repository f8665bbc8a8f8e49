import { AppError } from '../errors/app-error.ts';
import { type ColumnFinder, type ColumnReader, type ColumnRef, isBlank } from '../vocabulary/row.ts';
import type { JoinedRows } from './compile-field.ts';
import { inOrder } from './order-rows.ts';
import type { Mapping, PrimarySettings, RepeatSettings } from './schema.ts';

type Row = readonly string[];

/** The rows of one student as one. */
export type Fold =
  | {
      kind: 'folded';
      /** Which of the rows stands for the student. */
      at: number;
      /** For each group of `repeats` the rows that have something in its columns, each once, in their order. */
      joined: JoinedRows;
      /** Rows that `at_most` left out, all groups together. */
      cut: number;
      /** Rows of another school, which `identity.primary` put aside. */
      aside: readonly number[];
    }
  /** The rows differ where they must agree; the columns by their names. */
  | { kind: 'conflict'; columns: readonly string[] };

export interface CompiledFold {
  /** @param rows all rows of one student, in the order of the file; at least one */
  fold(rows: readonly Row[]): Fold;
  /** For `MappingContext.joined`: the groups, whose columns are those of this file. */
  groups: ReadonlyMap<string, { find: ColumnFinder }>;
}

export interface FoldColumn {
  name: string;
  at: number;
}

export interface FoldContext {
  find: ColumnFinder;
  /**
   * The columns in which the rows of a student must agree unless they may differ, each with where it stands: those that
   * anything reads. Asked for once, when the first rows are folded.
   */
  columns: () => readonly FoldColumn[];
}

/**
 * How several rows of one student become one, or undefined where the mapping expects one row a student. Rows must agree in
 * every column that belongs to no group: nothing is guessed about the others.
 */
export function compileFold(
  { repeats = {}, identity }: Pick<Mapping, 'repeats' | 'identity'>,
  context: FoldContext,
): CompiledFold | undefined {
  const groups = Object.entries(repeats).map(([name, settings]) => compileGroup(name, settings, context));
  if (groups.length === 0 && identity.primary === undefined) return undefined;
  const primary = identity.primary && compilePrimary(identity.primary, context.find);
  const isPrimary = primary?.isPrimary;
  const free = [...groups.flatMap(({ readers }) => readers), ...(primary ? [primary.read] : [])];
  const differences = compileDifferences(free, context.columns);
  return {
    groups: new Map(groups.map(({ name, find }) => [name, { find }])),
    fold(rows) {
      const chosen = choose(rows, isPrimary);
      const kept = chosen.flatMap((at) => rows.slice(at, at + 1));
      const columns = differences(kept);
      if (columns.length > 0) return { kind: 'conflict', columns };
      const taken = groups.map((group) => ({ name: group.name, ...group.take(kept) }));
      return {
        kind: 'folded',
        at: chosen[0] ?? 0,
        joined: new Map(taken.map(({ name, rows: found }) => [name, found])),
        cut: taken.reduce((sum, group) => sum + group.cut, 0),
        aside: [...rows.keys()].filter((at) => !chosen.includes(at)),
      };
    },
  };
}

interface Group {
  name: string;
  /** Of the columns that may differ from row to row. */
  readers: readonly ColumnReader[];
  find: ColumnFinder;
  take(rows: readonly Row[]): { rows: readonly Row[]; cut: number };
}

function compileGroup(
  name: string,
  {
    columns,
    order_by: orderBy,
    at_most: atMost = Number.POSITIVE_INFINITY,
    optional = false,
  }: RepeatSettings,
  context: FoldContext,
): Group {
  const usedBy = `repeats.${name}`;
  const readers = columns.map((ref) => context.find(ref, usedBy, { optional }));
  const order = orderBy === undefined ? undefined : context.find(orderBy, usedBy, { optional });
  const own = namesOf([...columns, ...(orderBy === undefined ? [] : [orderBy])]);
  return {
    name,
    readers: order ? [...readers, order] : readers,
    find(ref, asker, options) {
      if (namesOf([ref]).isSubsetOf(own)) return context.find(ref, asker, options);
      throw notRepeated(asker, ref, name);
    },
    take(rows) {
      const found = distinct(order ? inOrder(rows, order) : rows, readers);
      return { rows: found.slice(0, atMost), cut: Math.max(0, found.length - atMost) };
    },
  };
}

/** Another column would be that of a row that is chosen by chance. */
function notRepeated(asker: string, ref: ColumnRef, group: string): AppError {
  const sentence = `${asker} reads ${[ref].flat().join(' or ')}, which is no column of repeats.${group}`;
  return new AppError('config_invalid', sentence, {
    hint: `Add it to the columns of repeats.${group}, or leave \`from\` out.`,
  });
}

/** A join of two tables repeats each contact for every bus: they count once. Rows with nothing in the columns count not at all. */
function distinct(rows: readonly Row[], readers: readonly ColumnReader[]): Row[] {
  const seen = new Set<string>();
  return rows.filter((row) => {
    const values = readers.map((read) => read(row).trim());
    const key = values.join('\u0000');
    if (seen.has(key) || values.every(isBlank)) return false;
    seen.add(key);
    return true;
  });
}

function compilePrimary({ column, is }: PrimarySettings, find: ColumnFinder) {
  const read = find(column, 'identity.primary');
  const wanted = is.trim();
  return { read, isPrimary: (row: Row) => read(row).trim() === wanted };
}

/** One row is nobody's second school, whatever it says of itself; and where no row is the primary one, all must agree. */
function choose(rows: readonly Row[], isPrimary: ((row: Row) => boolean) | undefined): readonly number[] {
  const all = [...rows.keys()];
  if (!isPrimary || rows.length === 1) return all;
  const primary = all.filter((at) => rows.slice(at, at + 1).some(isPrimary));
  return primary.length > 0 ? primary : all;
}

/** The columns outside of all groups in which the rows differ. */
function compileDifferences(
  free: readonly ColumnReader[],
  columns: () => readonly FoldColumn[],
): (rows: readonly Row[]) => string[] {
  let fixed: readonly FoldColumn[] | undefined;
  return ([first = [], ...others]) => {
    fixed ??= columns().filter(({ at }) => !free.some((reader) => readsAt(reader, at)));
    return fixed.filter(({ at }) => others.some((row) => row[at] !== first[at])).map(({ name }) => name);
  };
}

/** Asked of the reader itself, because a column may be found under another name than the mapping writes. */
function readsAt(reader: ColumnReader, at: number): boolean {
  const row: string[] = [];
  row[at] = 'x';
  return reader(row) === 'x';
}

function namesOf(refs: readonly ColumnRef[]): Set<string> {
  return new Set(refs.flatMap((ref) => [ref].flat()).map((name) => name.trim()));
}
