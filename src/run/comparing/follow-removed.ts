import { type Aftermath, compileRemoval, type Fate } from '../../compare/find-removed.ts';
import { FATES } from '../../tally/last-table.ts';
import type { DeliveredRecord } from '../../vocabulary/memory.ts';
import { studentOf } from '../../vocabulary/memory.ts';
import { batchesOf } from '../drafting/read-drafted.ts';
import type { FileTask } from './file-task.ts';
import { unseenIds } from './unseen-ids.ts';

/** A record of the last delivery that no carried row goes on, and what follows. */
export interface FollowedRecord {
  before: DeliveredRecord;
  aftermath: Exclude<Aftermath, { kind: 'none' }>;
  /** Left out because its school is not selected. */
  isBySelection: boolean;
}

/**
 * What becomes of everybody who was delivered last time and is not carried, once the whole file was compared.
 * @param brokenOf students of whom this file has a rejected row
 */
export async function* followRemoved(
  task: FileTask,
  brokenOf: ReadonlySet<string>,
): AsyncGenerator<FollowedRecord[]> {
  const { view, table } = task.last;
  if (table.size() === 0) return;
  const removal = compileRemoval(removalOptions(task));
  const fates = table.fates();
  for await (const unseen of unseenIds(task.last)) {
    const open = unseen.filter(({ deactivated }) => !deactivated);
    for (const batch of batchesOf(open)) {
      const records = await view.fetch(batch.map(({ id }) => id));
      yield batch.flatMap(({ id, number }) => {
        const before = records.get(id);
        if (!before) return [];
        const code = codeOf(task, id, fates[number] ?? FATES.absent, brokenOf);
        const aftermath = removal(before, fateOf(code));
        return aftermath.kind === 'none' ? [] : [{ before, aftermath, isBySelection: code === FATES.school }];
      });
    }
  }
}

/** Of a file that has none of the fields which are to be set, removed records are only reported. */
function removalOptions({ draft, last, settings }: FileTask) {
  const { targets } = draft.rules;
  const { removed, rejected } = settings;
  const fields = removed === 'report' ? [] : Object.entries(removed.deactivate);
  const own = fields.filter(([field]) => targets.includes(field));
  return {
    targets,
    lastTargets: last.view.targets,
    rejected,
    removed:
      own.length === 0 || last.table.kind === 'by_content'
        ? ('report' as const)
        : { deactivate: Object.fromEntries(own) },
  };
}

function codeOf(task: FileTask, id: string, own: number, brokenOf: ReadonlySet<string>): number {
  const student = studentOf(id);
  if (task.only && !task.only.has(student)) return FATES.apart;
  // While only additions are sent nobody is removed: the last record goes out again.
  if (task.additionsOnly) return FATES.held;
  if (task.last.table.kind === 'by_student') return own;
  const ofStudent = task.fateOfStudent(student) ?? FATES.carried;
  // The contacts of a student who does not go on share what became of the student.
  if (ofStudent !== FATES.carried) return ofStudent;
  return brokenOf.has(student) ? FATES.rejected : FATES.absent;
}

const NAMES: readonly Fate[] = ['absent', 'ineligible', 'ineligible', 'rejected', 'apart', 'held', 'carried'];

function fateOf(code: number): Fate {
  return NAMES[code] ?? 'absent';
}
