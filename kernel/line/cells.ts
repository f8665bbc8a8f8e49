/** Writes the cells of a row: copied, remembered, or asked of the host. */
import { cell as askCell } from './asks';
import { copy } from './bytes';
import { Cell, CONSTANT, COPIED, NO_CELL, PIECE_AT, Piece, Plan, REFUSED, REMEMBERED } from './plan';
import { NOT_KNOWN } from './values';

const SPACE: u8 = 0x20;
const ASCII_END: u8 = 0x80;

/** Answers where the cell ends that begins at `to`; NO_CELL where the ordinary forms have to judge the row. */
export function writeCell(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  if (cell.kind === REMEMBERED) return writeRemembered(plan, cell, index, to, limit);
  if (cell.kind === COPIED) return writeCopy(plan, cell, index, to, limit);
  if (cell.kind === CONSTANT) return writePiece(cell.known, to, limit);
  return askCell(index, to);
}

function writePiece(piece: usize, to: usize, limit: usize): usize {
  const bytes = <usize>changetype<Piece>(piece).bytes;
  return to + bytes > limit ? NO_CELL : copy(to, piece + PIECE_AT, bytes);
}

function writeRemembered(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  const number = load<i32>(plan.numbers + ((<usize>cell.column) << 2));
  if (number === NOT_KNOWN) return askCell(index, to);
  const known = load<i32>(cell.table + ((<usize>number) << 2));
  if (known > 0) return writePiece(<usize>known, to, limit);
  return known === REFUSED ? NO_CELL : askCell(index, to);
}

function writeCopy(plan: Plan, cell: Cell, index: i32, to: usize, limit: usize): usize {
  const column = (<usize>cell.column) << 2;
  let at = <usize>load<u32>(plan.starts + column);
  let end = <usize>load<u32>(plan.ends + column);
  if (at === end) return cell.known === 0 ? askCell(index, to) : writePiece(cell.known, to, limit);
  if (cell.isTrimmed) {
    while (at < end && load<u8>(at) === SPACE) at++;
    while (end > at && load<u8>(end - 1) === SPACE) end--;
  }
  const first = load<u8>(at);
  // A blank means something, and white space is more than spaces.
  if (at === end || first === SPACE || meansMore(first)) return askCell(index, to);
  if (cell.isTrimmed && (first >= ASCII_END || load<u8>(end - 1) >= ASCII_END)) return askCell(index, to);
  if (to + (end - at) > limit) return NO_CELL;
  const table = cell.table;
  let next = to;
  for (; at < end; at++) {
    const byte = load<u8>(table + <usize>load<u8>(at));
    if (byte === 0) return askCell(index, to);
    store<u8>(next++, byte);
  }
  return next;
}

/**
 * First bytes of characters that mean something in front of a value: white space beyond ASCII, which may be all of a blank or
 * stand before the sign of a formula, full-width signs of formulas, and the byte order mark.
 */
function meansMore(first: u8): bool {
  return first === 0xc2 || first === 0xe1 || first === 0xe2 || first === 0xe3 || first === 0xef;
}
