import { type PackedRows, rowAt } from '../../parse/packed-rows.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import type { ByteJudge } from './judge-bytes.ts';

/**
 * Enters the rows of a batch in their order: as bytes where that is certain, the others one by one.
 * @returns how many were entered as bytes
 */
export function enterPacked(
  packed: PackedRows,
  byBytes: ByteJudge,
  enterRow: (row: SourceRow) => void,
): number {
  let count = 0;
  byBytes.open(packed);
  for (let at = 0; at < packed.ends.length; at++) {
    if (byBytes.enter(at)) count++;
    else enterRow(rowAt(packed, at));
  }
  byBytes.close();
  return count;
}
