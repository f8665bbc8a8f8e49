import type { DeliveredView, Ledger } from '../ledger/ledger.ts';
import type { LastTable } from '../tally/last-table.ts';
import { DEPENDANT_MARK, type RecordDecision } from '../vocabulary/memory.ts';
import { belongsToStudent } from '../vocabulary/record-kind.ts';
import type { FileKnowledge } from './drafting/file-knowledge.ts';
import { loadLast } from './load-last.ts';
import { carriedOf, type OpenRun } from './open-run.ts';

/** What was last delivered of one file, ready to be held against a drop. */
export interface LastDelivered {
  view: DeliveredView;
  table: LastTable;
}

/** What the ledger knows when a drop is drafted; it does not change while the lock of the connection is held. */
export interface RunMemory {
  /** No drop was ever delivered as a whole. */
  isFirst: boolean;
  /** By the names of the claimed files. */
  views: ReadonlyMap<string, DeliveredView>;
  /** The same with what was read of them: of the files that are drafted, in their order. */
  files: ReadonlyMap<string, LastDelivered>;
  /** Reads what was last delivered of a file. */
  read(file: string): Promise<LastDelivered>;
  /** What people decided about a record of a file, and about its fields. */
  decided(file: string, id: string): readonly RecordDecision[];
  decisions: readonly RecordDecision[];
  ledger: Ledger;
}

export async function recallRun(run: OpenRun, ledger: Ledger): Promise<RunMemory> {
  const { connection } = run;
  const views = new Map<string, DeliveredView>();
  for (const { name } of carriedOf(run)) views.set(name, await ledger.delivered(connection.name, name));
  const files = new Map<string, LastDelivered>();
  const decisions = await ledger.decisions(connection.name);
  const byRecord = Map.groupBy(decisions, ({ file, id }) => keyOf(file, id));
  return {
    isFirst: [...views.values()].every(({ bytes }) => !bytes),
    views,
    files,
    async read(file) {
      const view = views.get(file);
      if (!view) throw new RangeError(`Nothing was recalled of ${file}`);
      const kind = connection.files.get(file)?.mapping.record ?? 'other';
      const last = { view, table: await loadLast(view, belongsToStudent(kind)) };
      files.set(file, last);
      return last;
    },
    decisions,
    ledger,
    decided: (file, id) => (byRecord.size === 0 ? NONE : (byRecord.get(keyOf(file, id)) ?? NONE)),
  };
}

const NONE: readonly RecordDecision[] = [];

function keyOf(file: string, id: string): string {
  return `${file}\n${id}`;
}

/** The ledger's id of one of a student's records, by what the row says when it is first delivered. */
export function dependantId(student: string, content: string): string {
  return student + DEPENDANT_MARK + content;
}

/** What judging a file needs of the memory. @param meant whether the run is about a student; undefined is about all */
export function knowledgeOf(
  memory: RunMemory,
  at: { file: string; students: string | undefined },
  meant: ((id: string) => boolean) | undefined,
): FileKnowledge {
  const tableOf = () => memory.files.get(at.students ?? at.file)?.table;
  return {
    wasDelivered: (id) => (tableOf()?.findStudent(id) ?? -1) >= 0,
    isMeant: meant ?? (() => true),
    isAboutAll: meant === undefined,
    idsDecided: new Set(memory.decisions.filter(({ file }) => file === at.file).map(({ id }) => id)),
    decided: (id) => memory.decided(at.file, id),
  };
}
