import { join } from 'node:path';
import type { LoadedFile } from '../../config/load-connection.ts';
import type { JoinedRows } from '../../mapping/compile-field.ts';
import type { CompiledFold, Fold } from '../../mapping/fold-repeats.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import type { Notice } from '../../vocabulary/run.ts';
import type { DroppedFile } from './drop-context.ts';
import { type NumberedRow, spoolByStudent } from './rows-by-student.ts';

/** What a row is among the rows of its student. */
export type PlaceOfRow =
  /** It stands for the student, with what the other rows add. */
  | { kind: 'stands'; joined: JoinedRows | undefined }
  /** What it adds is in the record of the row that stands. */
  | { kind: 'folded' }
  /** Of another school: `identity.primary` put it aside. */
  | { kind: 'aside' }
  /** The rows differ in these columns, in which they must agree. */
  | { kind: 'conflict'; columns: readonly string[] }
  /** Another row of the student is broken: what they say together is not known. */
  | { kind: 'beside_broken' };

/** The rows of a file in which a student may have several. */
export interface Folds {
  placeOf(row: number, student: string): PlaceOfRow;
  /** What was folded so far, and what `at_most` left out. */
  notices(file: string): Notice[];
  close(): void;
}

export interface FoldTask {
  dropped: DroppedFile;
  plan: LoadedFile;
  /** Where the rows may lie while they are folded. */
  workFolder: string;
  signal: AbortSignal;
  /** Whose row it is that is broken; blank where nobody can say. */
  recognise(row: SourceRow): string;
}

const PLACES = ['unknown', 'stands', 'folded', 'aside', 'conflict', 'beside_broken'] as const;
const codeOf = (place: (typeof PLACES)[number]) => PLACES.indexOf(place);

/** Reads the file to its end, once more than others: a student's rows may stand far apart. */
export async function openFolds(compiled: CompiledFold, task: FoldTask): Promise<Folds> {
  const { dropped, plan, workFolder, signal, recognise } = task;
  const broken = new Set<string>();
  const { rowsOf, count, close } = await spoolByStudent({
    ...{ path: dropped.path, file: dropped.file, mapping: plan.mapping, signal },
    spool: join(workFolder, `${dropped.name}.folds`),
    onBroken: (row) => broken.add(recognise(row)),
  });
  const places = new Uint8Array(count + 1);
  const conflicts = new Map<string, readonly string[]>();
  const counts = { folded: 0, aside: 0, cut: 0 };
  /** Most often the row that stands is the first of its student, and asks for what was folded a moment ago. */
  let latest: { student: string; fold: Fold | undefined } | undefined;

  function foldRows(student: string, rows: readonly NumberedRow[]): Fold | undefined {
    const fold = broken.has(student) ? undefined : compiled.fold(rows.map(({ values }) => values));
    latest = { student, fold };
    return fold;
  }

  function settle(student: string): void {
    const rows = rowsOf(student);
    const fold = foldRows(student, rows);
    if (fold?.kind === 'conflict') conflicts.set(student, fold.columns);
    if (fold?.kind === 'folded') counts.cut += fold.cut;
    for (const [at, { row }] of rows.entries()) {
      const place = fold ? placeIn(fold, at) : 'beside_broken';
      places[row] = codeOf(place);
      if (place === 'folded' || place === 'aside') counts[place]++;
    }
  }

  return {
    close,
    placeOf(row, student) {
      if (places[row] === codeOf('unknown')) settle(student);
      const kind = PLACES[places[row] ?? 0] ?? 'unknown';
      if (kind === 'unknown') throw new RangeError('A row that was not read before');
      if (kind === 'conflict') return { kind, columns: conflicts.get(student) ?? [] };
      if (kind !== 'stands') return { kind };
      const fold = latest?.student === student ? latest.fold : foldRows(student, rowsOf(student));
      return { kind, joined: fold?.kind === 'folded' ? fold.joined : undefined };
    },
    notices: (file) => noticesOf(counts, file),
  };
}

function placeIn(fold: Fold, at: number): 'stands' | 'folded' | 'aside' | 'conflict' {
  if (fold.kind === 'conflict') return 'conflict';
  if (fold.aside.includes(at)) return 'aside';
  return fold.at === at ? 'stands' : 'folded';
}

function noticesOf(
  { folded, aside, cut }: { folded: number; aside: number; cut: number },
  file: string,
): Notice[] {
  const said: [number, string, string][] = [
    [
      folded,
      'rows_folded',
      'rows were taken into the record of another row of their student (repeats), and count as duplicate',
    ],
    [
      aside,
      'rows_aside',
      'rows are of a school that is not the primary one (identity.primary), and count as duplicate',
    ],
    [
      cut,
      'repeats_cut',
      'rows go beyond at_most of repeats: what they say is not in the record of their student',
    ],
  ];
  return said.flatMap(([rows, code, message]) =>
    rows > 0 ? [{ code, message: `${rows} ${message}`, file }] : [],
  );
}
