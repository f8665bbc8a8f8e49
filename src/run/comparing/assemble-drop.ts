import { renderFileName } from '../../render/file-name.ts';
import { settleHeld } from '../../tally/settle.ts';
import { isLeftOut } from '../../vocabulary/memory.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import type { RunDay } from '../../vocabulary/run.ts';
import type { FileDraft } from '../drafting/file-draft.ts';
import type { OpenRun, OutputRecord, ShippedFile } from '../open-run.ts';
import { packOutputs } from '../pack-outputs.ts';
import { openRunDrafts } from '../run-drafts.ts';
import type { RunMemory } from '../run-memory.ts';
import { type AssembledFile, assembleFile } from './assemble-file.ts';
import { openMemory } from './end-memory.ts';
import type { FileTask } from './file-task.ts';
import { type JoinedOutput, joinOutputs, placeBehind } from './join-outputs.ts';
import { nameTokensOf } from './name-tokens.ts';

/** A drop whose files are ready to be judged: their books, and what would go out. */
export interface DraftedDrop {
  assembled: AssembledFile[];
  outputs: OutputRecord[];
  /** The files that leave the house. */
  shipment: readonly ShippedFile[];
  /** The size of what the run would teach. */
  memoryBytes: number;
}

export interface DropTask {
  run: OpenRun;
  /** Students first: what becomes of a contact depends on them. */
  drafts: readonly FileDraft[];
  memory: RunMemory;
  day: RunDay;
  /** See FileTask. */
  additionsOnly: boolean;
  only: ReadonlySet<string> | undefined;
}

/** Told the size of memory.ndjson when nothing is added to it any more; the outbound files are still being finished. */
export type Taught = (memoryBytes: number) => Promise<void>;

/** Settled files to the outbound files, exceptions.csv, changes.csv, memory.ndjson and review.ndjson of the run. */
export async function assembleDrop(task: DropTask, taught: Taught): Promise<DraftedDrop> {
  const { run, drafts } = task;
  const tokens = await nameTokensOf(task);
  const spools = openRunDrafts(run);
  const assembled: AssembledFile[] = [];
  try {
    await openMemory(task.memory.ledger, run.connection.name, spools.teach);
    const joins: JoinedOutput[] = [];
    const heldStudents = new Set<string>();
    for (const draft of drafts) {
      if (belongsToStudent(draft.plan.mapping.record)) settleHeld(draft.roll, heldStudents);
      const file = renderFileName(draft.plan.mapping.write.file, tokens);
      const behind = await placeBehind(run, draft);
      if (behind) joins.push(behind);
      const target = {
        outboundFolder: behind?.folder ?? run.folder.outbound,
        workFolder: run.folder.work,
        file,
        isContinued: behind !== undefined,
        droppedAs: draft.input.file,
        drafts: spools,
      };
      assembled.push(await assembleFile({ ...fileTaskOf(task, draft), heldStudents }, target));
    }
    const { memoryBytes } = spools.finish();
    await taught(memoryBytes);
    const drafted = await Promise.all(assembled.map(outputsOf));
    const outputs = await joinOutputs(drafted.flat(), joins, run.folder.outbound);
    await spools.synced();
    return { assembled, outputs, shipment: await packOutputs(run, outputs, tokens), memoryBytes };
  } finally {
    // Whatever became of them: who throws the drop away has to find nobody at work in it.
    await Promise.allSettled(assembled.map(({ outputs }) => outputs));
    await spools.close();
  }
}

async function outputsOf({ name, outputs }: AssembledFile): Promise<OutputRecord[]> {
  return (await outputs).map((output) => ({ name, ...output }));
}

function fileTaskOf(task: DropTask, draft: FileDraft): Omit<FileTask, 'heldStudents'> {
  const { run, memory, additionsOnly, only } = task;
  const { name } = draft;
  const last = memory.files.get(name);
  if (!last) throw new RangeError(`Nothing was recalled of ${name}`);
  return {
    runId: run.record.facts.id,
    draft,
    sizeBytes: run.record.claimed.find((file) => file.name === name)?.sizeBytes ?? 0,
    last,
    settings: run.connection.settings.reconcile,
    additionsOnly,
    only,
    isLeftOut: (id) => isLeftOut(memory.decided(name, id)),
    isApproved: (id) =>
      memory.decided(name, id).some(({ field, choice }) => field === '' && choice === 'approve'),
    fateOfStudent: compileFate(task, draft),
  };
}

/** The students of the drop are compared first, so what became of each is known by then. */
function compileFate({ drafts, memory }: DropTask, draft: FileDraft): FileTask['fateOfStudent'] {
  if (!belongsToStudent(draft.plan.mapping.record)) return () => undefined;
  const tables = drafts
    .filter(({ plan }) => plan.mapping.record === 'students')
    .flatMap(({ name }) => memory.files.get(name)?.table ?? []);
  return (id) => {
    for (const table of tables) {
      const number = table.findStudent(id);
      if (number >= 0) return table.fates()[number];
    }
    return undefined;
  };
}
