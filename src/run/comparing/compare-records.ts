import {
  type Comparison,
  compileComparison,
  type KnownRecord,
  type MappedRecord,
} from '../../compare/compare-record.ts';
import { compileGradeOrder } from '../../compare/grade-order.ts';
import type { KeptRows, LeftRows, SettledEntry } from '../../tally/roll-entry.ts';
import { BATCH, batchesOf, openDraftedReader } from '../drafting/read-drafted.ts';
import { dependantId } from '../run-memory.ts';
import type { FileTask } from './file-task.ts';
import type { RecordMatches } from './match-records.ts';

/** A row of the drop in its order; `compared` where it is carried, and not the very same as last time. */
export interface WalkedEntry {
  entry: SettledEntry;
  compared?: ComparedRecord;
}

export interface ComparedRecord {
  /** The id under which the ledger keeps it. */
  id: string;
  /** The other id under which it was delivered last time. */
  linkedFrom?: string;
  /** What is known of it from last time; undefined where it was never delivered. */
  before: KnownRecord | undefined;
  /** As it was mapped; `comparison.effective` is the same array where no last value was carried forward. */
  values: readonly string[];
  comparison: Comparison;
}

/** What compared rows are held against, and what becomes of the others. */
export interface CompareTask {
  task: FileTask;
  matches: RecordMatches;
  /** The outbound files are by school. */
  isBySchool: boolean;
}

/** A row that is not looked up takes so much of a batch: it is small, and most nights nearly all of them are such. */
const WEIGHT_OF_OTHERS = 1 / 8;

/**
 * Every row of a settled file, compared with the last delivery, a batch at a time. Rows about which there is nothing to
 * say but that they go out as they are, or that a rule leaves them out, which on most nights is nearly every one, come as
 * no more than that.
 */
export async function* compareRecords(
  from: CompareTask,
): AsyncGenerator<(WalkedEntry | KeptRows | LeftRows)[]> {
  const { task, matches } = from;
  const { draft } = task;
  const compare = compileCompare(task);
  const reader = openDraftedReader(draft);
  const isOpen = (row: SettledEntry | KeptRows | LeftRows): row is SettledEntry =>
    'verdict' in row && row.verdict.kind === 'carried' && !matches.isSame(row.row);
  const weightOf = (row: SettledEntry | KeptRows | LeftRows) => (isOpen(row) ? 1 : WEIGHT_OF_OTHERS);
  for (const rows of batchesOf(draft.roll.walk(compileKept(from)), BATCH, weightOf)) {
    const open = rows.filter(isOpen);
    const known = await fetchKnown(open, { task, matches });
    const valuesOf = reader.openBatch(open);
    const answers = new Map<SettledEntry, ComparedRecord>();
    for (const entry of open) {
      const lastId = matches.lastIdOf(entry);
      const id = lastId !== undefined && known.isDependant ? lastId : known.idOf(entry);
      const values = valuesOf(entry);
      const mapped: MappedRecord = { id: entry.id, values, ...entry.standing };
      const before = known.recordOf(lastId);
      const comparison = compare(before, mapped);
      answers.set(entry, {
        id,
        before,
        values,
        comparison,
        ...(lastId !== undefined && lastId !== id && { linkedFrom: lastId }),
      });
    }
    yield rows.map((row) => {
      if (!('verdict' in row)) return row;
      const compared = answers.get(row);
      return compared ? { entry: row, compared } : { entry: row };
    });
  }
}

/** Of the rows that are kept: the school, where that decides into which file they go. */
function compileKept({ task, matches, isBySchool }: CompareTask): (row: number) => string | undefined {
  if (task.only || task.draft.matches) return () => undefined;
  const schoolOf = isBySchool ? matches.schoolOf : () => '';
  return (row) => (matches.isSame(row) ? schoolOf(row) : undefined);
}

/** What is known of these rows, and under which id each is kept. */
async function fetchKnown(
  entries: readonly SettledEntry[],
  { task, matches }: { task: FileTask; matches: RecordMatches },
) {
  const { view, table } = task.last;
  const isDependant = table.kind === 'by_content';
  const lastIds = entries.flatMap((entry) => matches.lastIdOf(entry) ?? []);
  const fresh =
    isDependant && table.size() > 0
      ? entries.filter((entry) => matches.lastIdOf(entry) === undefined).map(contentId)
      : [];
  const found = lastIds.length + fresh.length === 0 ? new Map() : await view.fetch([...lastIds, ...fresh]);
  return {
    isDependant,
    recordOf(id: string | undefined): KnownRecord | undefined {
      const record = id === undefined ? undefined : found.get(id);
      if (!record || isDependant) return record;
      return { ...record, deactivated: table.isGone(table.findStudent(record.id)) };
    },
    /** Long ago another record may have begun with this very content, and go on under that id. */
    idOf(entry: SettledEntry): string {
      if (!isDependant) return entry.id;
      const id = contentId(entry);
      return found.has(id) ? `${id}.${task.runId}` : id;
    },
  };
}

function contentId({ id, content }: SettledEntry): string {
  return dependantId(id, content);
}

function compileCompare(task: FileTask) {
  const { draft, last, settings, additionsOnly } = task;
  const options = {
    ...draft.rules,
    lastTargets: last.view.targets,
    gradeOrder: compileGradeOrder(settings.grade_order),
  };
  const compare = compileComparison({ ...options, reactivate: settings.reactivate });
  const compareApproved = compileComparison({ ...options, reactivate: 'send' });
  const keepLast = compileStanding(draft.rules.targets, last.view.targets);
  return (before: KnownRecord | undefined, after: MappedRecord): Comparison => {
    if (before && additionsOnly) return keepLast(before, after, compare(before, after));
    return (task.isApproved(after.id) ? compareApproved : compare)(before, after);
  };
}

/** While only additions are sent, a known student stands as last delivered, whatever the drop says. */
function compileStanding(targets: readonly string[], lastTargets: readonly string[]) {
  const places = targets.map((target) => lastTargets.indexOf(target));
  return (before: KnownRecord, after: MappedRecord, { change }: Comparison): Comparison => ({
    change: 'unchanged',
    effective: targets.map((_, at) => before.values[places[at] ?? -1] ?? after.values[at] ?? ''),
    differences: [],
    standing: before,
    ...(change !== 'unchanged' && { notice: PUT_OFF }),
  });
}

const PUT_OFF = 'Changes of students who were delivered before are not sent while only additions are.';
