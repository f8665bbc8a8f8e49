import type { SourceRow } from '../../vocabulary/row.ts';
import type { DraftedBlock } from './draft-block.ts';
import type { FileDraft } from './file-draft.ts';

/** Puts what was judged elsewhere into the drafts, and the rows that were left to the corridor into their places. */
export async function enterBlock(
  draft: FileDraft,
  block: DraftedBlock,
  enterRows: (rows: readonly SourceRow[]) => Promise<number>,
): Promise<number> {
  const { roll, outbound, exceptions, unique } = draft;
  draft.rowsAsBytes += block.asBytes;
  const places = {
    outbound: outbound.append(Buffer.from(block.outbound.buffer)).offset,
    exceptions: exceptions.append(Buffer.from(block.exceptions.buffer)).offset,
  };
  const entries = Buffer.from(block.entries.buffer);
  let from = 0;
  for (const { row, at } of block.left) {
    roll.enterBlock(entries.subarray(from, at), places);
    from = at;
    await enterRows([row]);
  }
  roll.enterBlock(entries.subarray(from), places);
  for (const [index, { values }] of unique.entries())
    values.enterBlock(Buffer.from(block.unique[index]?.buffer ?? new ArrayBuffer(0)), places);
  return block.rows;
}
