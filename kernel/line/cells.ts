/** Writes the cells of a row: copied, remembered, or asked of the host. */
import { cell as askCell } from './asks';
import { copy } from './bytes';
import {
  Cell,
  CONSTANT,
  COPIED,
  endOf,
  NO_CELL,
  PIECE_AT,
  Piece,
  Plan,
  REFUSED,
  REMEMBERED,
  startOf,
} from './plan';
import { NOT_KNOWN } from './values';
import { ASCII_END, meansMore, SPACE } from './white-space';

/** Answers where the cell ends that begins at `to`; NO_CELL where the ordinary forms have to judge the row. */
export function writeCell(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  if (cell.kind === REMEMBERED) return writeRemembered(plan, cell, index, to, limit);
  if (cell.kind === COPIED) return writeCopy(plan, cell, index, to, limit);
  if (cell.kind === CONSTANT) return writePiece(cell.known, to, limit);
  return askCell(index, to, limit);
}

function writePiece(piece: usize, to: usize, limit: usize): usize {
  const bytes = <usize>changetype<Piece>(piece).bytes;
  return to + bytes > limit ? NO_CELL : copy(to, piece + PIECE_AT, bytes);
}

function writeRemembered(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  const number = load<i32>(plan.rowNumbers + ((<usize>cell.column) << 2));
  if (number === NOT_KNOWN) return askCell(index, to, limit);
  const known = load<i32>(cell.table + ((<usize>number) << 2));
  if (known > 0) return writePiece(<usize>known, to, limit);
  return known === REFUSED ? NO_CELL : askCell(index, to, limit);
}

function writeCopy(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  let at = startOf(plan, <usize>cell.column);
  let end = endOf(plan, <usize>cell.column);
  if (at === end) return cell.known === 0 ? askCell(index, to, limit) : writePiece(cell.known, to, limit);
  if (cell.isTrimmed) {
    while (at < end && load<u8>(at) === SPACE) at++;
    while (end > at && load<u8>(end - 1) === SPACE) end--;
  }
  const first = load<u8>(at);
  // A blank means something, and white space is more than spaces.
  if (at === end || first === SPACE || meansMore(first)) return askCell(index, to, limit);
  if (cell.isTrimmed && (first >= ASCII_END || load<u8>(end - 1) >= ASCII_END))
    return askCell(index, to, limit);
  if (to + (end - at) > limit) return NO_CELL;
  const table = cell.table;
  let next = to;
  for (; at < end; at++) {
    const byte = load<u8>(table + <usize>load<u8>(at));
    if (byte === 0) return askCell(index, to, limit);
    store<u8>(next++, byte);
  }
  return next;
}
