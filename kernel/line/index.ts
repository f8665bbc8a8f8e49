/**
 * Rows as lines of the outbound file, without a text being made of any value: this knows how to tell values apart, to remember and to
 * copy, and nothing of what they mean. The host lays out the memory (plan.ts) and is asked about the rest (asks.ts).
 */
import { decide, opening } from './asks';
import { copy } from './bytes';
import { writeCell } from './cells';
import { answerAt, rememberAt, slotOf } from './combinations';
import { Cell, Combinations, Found, NO_CELL, PIECE_AT, Piece, Plan, REFUSED, UNKNOWN } from './plan';
import { numberOf, Values } from './values';

/** What a decision says of a row: whether it is carried, and as whom. */
const CARRIED_ACTIVE: i32 = 1;
const CARRIED_OTHER: i32 = 2;

/**
 * Looks at rows from one to another, and writes what is found of them.
 * @returns the first row that was not looked at: its line, or those before it, might have no room
 */
export function run(at: usize, from: i32, to: i32): i32 {
  const plan = changetype<Plan>(at);
  let line = plan.lines;
  let text = plan.texts;
  for (let row = from; row < to; row++) {
    const found = changetype<Found>(plan.found + <usize>row * offsetof<Found>());
    found.decision = UNKNOWN;
    found.lineEnd = line;
    if (load<u8>(plan.skipped + <usize>row)) continue;
    if (line + plan.longestLine > plan.linesEnd || text > plan.textsEnd) return row;
    place(plan, row);
    number(plan);
    const decision = decisionOf(plan);
    if (decision === UNKNOWN || decision > CARRIED_OTHER) {
      found.decision = decision;
      continue;
    }
    const begin = openingOf(plan, decision === CARRIED_ACTIVE);
    if (begin === REFUSED) continue;
    const end = writeLine(plan, line);
    if (end === NO_CELL) continue;
    found.textStart = text;
    text = copy(text, <usize>begin + PIECE_AT, <usize>changetype<Piece>(<usize>begin).bytes);
    text = copy(text, line, end - line);
    found.textEnd = text;
    found.opening = <usize>begin;
    found.lineEnd = end;
    found.decision = decision;
    line = end;
  }
  return to;
}

/** Between two values stands one byte. */
function place(plan: Plan, row: i32): void {
  const columns = (<usize>plan.columns) << 2;
  const ends = plan.fieldEnds + <usize>row * columns;
  const values = <u32>plan.values;
  let start = values + load<u32>(plan.begins + ((<usize>row) << 2));
  for (let column: usize = 0; column < columns; column += 4) {
    const end = values + load<u32>(ends + column);
    store<u32>(plan.starts + column, start);
    store<u32>(plan.ends + column, end);
    start = end + 1;
  }
}

function number(plan: Plan): void {
  const count = (<usize>plan.rememberedCount) << 3;
  for (let at: usize = 0; at < count; at += 8) {
    const column = (<usize>load<i32>(plan.remembered + at)) << 2;
    const table = changetype<Values>(<usize>load<u32>(plan.remembered + at, 4));
    const start = <usize>load<u32>(plan.starts + column);
    const end = <usize>load<u32>(plan.ends + column);
    store<i32>(plan.numbers + column, numberOf(table, start, end - start));
  }
}

function decisionOf(plan: Plan): i32 {
  const slot = slotOf(changetype<Combinations>(plan.decisions), plan.numbers);
  const known = answerAt(slot);
  if (known !== UNKNOWN) return known;
  const decision = decide();
  rememberAt(slot, decision);
  return decision;
}

function openingOf(plan: Plan, isActive: bool): i32 {
  const memory = isActive ? plan.openingsOfActive : plan.openingsOfOthers;
  const slot = slotOf(changetype<Combinations>(memory), plan.numbers);
  const known = answerAt(slot);
  if (known !== UNKNOWN) return known;
  const begin = opening(isActive);
  rememberAt(slot, begin);
  return begin;
}

function writeLine(plan: Plan, from: usize): usize {
  const limit = from + plan.longestLine;
  let to = from;
  for (let index = 0; index < plan.cellCount; index++) {
    if (index > 0) {
      if (to + plan.delimiterBytes > limit) return NO_CELL;
      to = copy(to, plan.delimiter, plan.delimiterBytes);
    }
    const cell = changetype<Cell>(plan.cells + <usize>index * offsetof<Cell>());
    to = writeCell(plan, cell, index, to, limit);
    if (to === NO_CELL) return NO_CELL;
  }
  return to + plan.lineEndBytes > limit ? NO_CELL : copy(to, plan.lineEnd, plan.lineEndBytes);
}
