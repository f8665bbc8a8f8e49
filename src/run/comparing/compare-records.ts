import {
  type Comparison,
  compileComparison,
  type KnownRecord,
  type MappedRecord,
} from '../../compare/compare-record.ts';
import { compileGradeOrder } from '../../compare/grade-order.ts';
import type { KeptEntry, SettledEntry } from '../../tally/roll-entry.ts';
import { batchesOf, openDraftedReader } from '../drafting/read-drafted.ts';
import { dependantId } from '../run-memory.ts';
import type { FileTask } from './file-task.ts';
import { matchRecords, type RecordMatches } from './match-records.ts';

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

/**
 * Every row of a settled file, compared with the last delivery, a batch at a time. A row about which there is nothing to
 * say but that it goes out as it is, which on most nights is nearly every one, comes as no more than that.
 */
export async function* compareRecords(task: FileTask): AsyncGenerator<(WalkedEntry | KeptEntry)[]> {
  const { draft, last, only } = task;
  const matches = await matchRecords(draft, last);
  const compare = compileCompare(task);
  const reader = openDraftedReader(draft);
  const isKept = only || draft.matches ? () => false : matches.isSame;
  for (const rows of batchesOf(draft.roll.walk(isKept))) {
    const open = rows
      .filter((row) => 'verdict' in row)
      .filter(({ verdict, row }) => verdict.kind === 'carried' && !matches.isSame(row));
    if (open.length === 0) {
      yield rows.map((row) => ('verdict' in row ? { entry: row } : row));
      continue;
    }
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
