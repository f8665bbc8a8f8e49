import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { MEMORY_FILE, readMemory } from '../../ledger/read-memory.ts';
import { openInput } from '../../parse/open-input.ts';
import { readSchema } from '../../parse/schema.ts';
import { FINDING_CODES } from '../../vocabulary/finding.ts';
import { type Change, INELIGIBLE_REASONS, type Verdict } from '../../vocabulary/verdict.ts';

/** What became of a row of a drafted drop. */
export interface RowOutcome {
  verdict: Verdict;
  /** A finding code, or the reason of an ineligibility; null of a carried row. */
  code: string | null;
  /** A sentence for each thing that is wrong, without a value. */
  why: string;
}

const COLUMNS = ['file', 'row', 'student_id', 'field', 'code', 'message'] as const;

/** From exceptions.csv: the rows of one file of the drop that are not carried, by their numbers. */
export async function readVerdicts(
  runFolder: string,
  droppedAs: string,
  isWanted: (row: number, id: string) => boolean,
): Promise<Map<number, RowOutcome & { id: string }>> {
  const path = join(runFolder, 'exceptions.csv');
  const read = readSchema.parse({ encoding: 'utf-8', delimiter: ',' });
  const { header, batches } = await openInput({ path, file: 'exceptions.csv', read, wanted: COLUMNS });
  const [file, row, id, field, code, message] = COLUMNS.map((name) => header.find(name, 'preview'));
  if (!file || !row || !id || !field || !code || !message) return new Map();
  const outcomes = new Map<number, RowOutcome & { id: string }>();
  for await (const batch of batches())
    for (const { values } of batch) {
      const number = Number(row(values));
      if (file(values) !== droppedAs || !isWanted(number, id(values))) continue;
      const about = field(values) === '' ? '' : `${field(values)}: `;
      const sentence = `${about}${message(values)}`;
      const known = outcomes.get(number);
      if (known) known.why = `${known.why} ${sentence}`;
      else
        outcomes.set(number, {
          id: id(values),
          verdict: verdictOf(code(values)),
          code: code(values),
          why: sentence,
        });
    }
  return outcomes;
}

const INELIGIBLE: ReadonlySet<string> = new Set(INELIGIBLE_REASONS);

function verdictOf(code: string): Verdict {
  if (code === 'duplicate') return 'duplicate';
  if (INELIGIBLE.has(code)) return 'ineligible';
  return Object.hasOwn(FINDING_CODES, code) ? 'rejected' : 'held';
}

export interface ChangedRecord {
  change: Change;
  /** As they would go out, by target field. */
  values: ReadonlyMap<string, string>;
}

/** From memory.ndjson: the records of a file that are another than last time, by their ids. */
export async function readChanges(
  runFolder: string,
  { file, ids }: { file: string; ids: ReadonlySet<string> },
): Promise<Map<string, ChangedRecord>> {
  const path = join(runFolder, MEMORY_FILE);
  const found = new Map<string, ChangedRecord>();
  let targets: readonly string[] = [];
  if (!(await isThere(path))) return found;
  for await (const entry of readMemory(path)) {
    if (entry.kind === 'file' && entry.file === file) targets = entry.targets;
    if (entry.kind !== 'record' || entry.file !== file || !ids.has(entry.record.id)) continue;
    const values = targets.map((target, at) => [target, entry.record.values[at] ?? ''] as const);
    found.set(entry.record.id, { change: entry.change, values: new Map(values) });
  }
  return found;
}

/** A drafting that was stopped by a safeguard may have forgotten what it would teach. */
function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
