import type { LoadedConnection, LoadedFile } from '../../config/load-connection.ts';
import { openTextBlock } from '../../files/text-block.ts';
import { type PackedRows, unpackRows } from '../../parse/packed-rows.ts';
import type { RowContext } from '../../parse/row-context.ts';
import { openEntryBlock } from '../../tally/entry-block.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import type { DropContext, DroppedFile } from './drop-context.ts';
import { enterPacked } from './enter-packed.ts';
import { compileEntry } from './enter-row.ts';
import { fieldRulesOf } from './field-rules.ts';
import { NOTHING_KNOWN } from './file-knowledge.ts';
import { compileByteJudge } from './judge-bytes.ts';
import { openJudgedFile } from './open-judged-file.ts';

/** What another thread needs to judge rows of a file: all of it can be copied between threads. */
export interface BlockTask extends Pick<DropContext, 'day' | 'waivers' | 'env'> {
  dropped: DroppedFile;
  rows: Omit<RowContext, 'notices'>;
  plan: Omit<LoadedFile, 'placeInMapping' | 'mappingText'>;
  connection: Omit<LoadedConnection, 'files' | 'placeOf'>;
  /** Whose rows only the corridor can judge. */
  idsDecided: ReadonlySet<string>;
}

/** A batch of rows that was judged elsewhere, as it goes into the drafts. */
export interface DraftedBlock {
  rows: number;
  /** How many of them were judged as bytes. */
  asBytes: number;
  entries: Uint8Array<ArrayBuffer>;
  outbound: Uint8Array<ArrayBuffer>;
  exceptions: Uint8Array<ArrayBuffer>;
  /** For each unique field, in their order. */
  unique: readonly Uint8Array<ArrayBuffer>[];
  /** Rows that are left to the corridor, and where among the bytes of `entries` each has its place. */
  left: readonly { row: SourceRow; at: number }[];
}

/**
 * Judges batches of rows by themselves. What depends on the memory of the house is left to the corridor: broken rows, of
 * which it may recognise the student, those of students about whom a person decided, and those that ask for a temporary id.
 */
export async function openBlocks(task: BlockTask): Promise<(rows: PackedRows) => DraftedBlock> {
  const {
    dropped,
    idsDecided,
    day,
    rows: { bytes },
  } = task;
  const plan: LoadedFile = { ...task.plan, placeInMapping: nowhere, mappingText: () => '' };
  const connection: LoadedConnection = { ...task.connection, files: new Map(), placeOf: nowhere };
  let asksForId = false;
  const temporaryIds = {
    settle: async () => false,
    idOf() {
      asksForId = true;
      return '';
    },
  };
  const { signal } = new AbortController();
  const context = { ...task, connection, temporaryIds, signal, workFolder: '' };
  const judged = await openJudgedFile(dropped, plan, context, NOTHING_KNOWN, bytes);
  const place = {
    ...{ plan, rules: fieldRulesOf(judged.mapping, plan.mapping, day), mapping: judged.mapping },
    ...{ matches: undefined, rowsApart: 0 },
    roll: openEntryBlock(),
    outbound: openTextBlock(),
    exceptions: openTextBlock(),
    unique: judged.mapping.uniqueTargets.map(() => ({ values: openEntryBlock() })),
  };
  const enter = compileEntry(place, dropped.file, judged);
  const byBytes = compileByteJudge(judged, place, { idsDecided, enterText: enter });
  return (packed) => {
    const left: { row: SourceRow; at: number }[] = [];
    const enterRow = (row: SourceRow) => {
      asksForId = false;
      const judgement = judged.judge(row);
      const isLeft =
        row.flaw !== undefined || asksForId || judgement.kind === 'apart' || idsDecided.has(judgement.id);
      if (isLeft) left.push({ row, at: place.roll.sizeBytes() });
      else enter(row, judgement);
    };
    const asBytes = byBytes ? enterPacked(packed, byBytes, enterRow) : 0;
    if (!byBytes) for (const row of unpackRows(packed)) enterRow(row);
    return {
      ...{ rows: packed.ends.length, asBytes, left, entries: place.roll.take() },
      ...{ outbound: place.outbound.take(), exceptions: place.exceptions.take() },
      unique: place.unique.map(({ values }) => values.take()),
    };
  };
}

function nowhere(): { file: string } {
  return { file: '' };
}
