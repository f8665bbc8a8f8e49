/**
 * Rows as lines of the outbound file, without a text being made of any value: this knows how to tell values apart, to remember and to
 * copy, and nothing of what they mean. The host lays out the memory (plan.ts) and is asked about the rest (asks.ts).
 */
import { xxh64 } from '../shared/xxh64';
import { decide, opening } from './asks';
import { copy } from './bytes';
import { writeCell } from './cells';
import { answerAt, rememberAt, slotOf } from './combinations';
import { hasId, hasPreviousId, writeEntry } from './entries';
import { Cell, Combinations, endOf, Found, NO_CELL, Opening, Plan, REFUSED, startOf, UNKNOWN } from './plan';
import { numberOf, Values } from './values';

/** What a decision says of a row: whether it is carried, and as whom. */
const CARRIED_ACTIVE: i32 = 1;
const CARRIED_OTHER: i32 = 2;

/**
 * Looks at rows, the first of the stretch to the one before `to`, and writes what is found of them. Step by step for all of them:
 * what is looked up for one need not wait for what is looked up for the one before.
 * @returns the first row that was not looked at: its line, or those before it, might have no room
 */
export function run(at: usize, to: i32): i32 {
  const plan = changetype<Plan>(at);
  number(plan, to);
  for (let row = 0; row < to; row++) {
    const found = foundOf(plan, row);
    found.decision = UNKNOWN;
    if (load<u8>(plan.skipped + <usize>row)) continue;
    place(plan, row);
    if (hasId(plan) && hasPreviousId(plan)) found.decision = decisionOf(plan);
  }
  const seen = writeLines(plan, to);
  writeFingerprints(plan, seen);
  return seen;
}

function foundOf(plan: Plan, row: i32): Found {
  return changetype<Found>(plan.found + <usize>row * offsetof<Found>());
}

function isCarried(decision: i32): bool {
  return decision === CARRIED_ACTIVE || decision === CARRIED_OTHER;
}

function place(plan: Plan, row: i32): void {
  const values = <usize>row * ((<usize>plan.columns) << 2);
  plan.rowBegin = load<u32>(plan.begins + ((<usize>row) << 2));
  plan.rowEnds = plan.fieldEnds + values;
  plan.rowNumbers = plan.numbers + values;
}

function number(plan: Plan, rows: i32): void {
  const count = (<usize>plan.rememberedCount) << 3;
  for (let at: usize = 0; at < count; at += 8) {
    const column = load<i32>(plan.remembered + at);
    const table = changetype<Values>(<usize>load<u32>(plan.remembered + at, 4));
    for (let row = 0; row < rows; row++) {
      if (load<u8>(plan.skipped + <usize>row)) continue;
      place(plan, row);
      const start = startOf(plan, column);
      store<i32>(
        plan.rowNumbers + ((<usize>column) << 2),
        numberOf(table, start, endOf(plan, column) - start),
      );
    }
  }
}

/** The lines of rows that are carried, and their entries. */
function writeLines(plan: Plan, rows: i32): i32 {
  let line = plan.lines;
  let entry = plan.entries;
  for (let row = 0; row < rows; row++) {
    const found = foundOf(plan, row);
    found.lineEnd = line;
    if (!isCarried(found.decision)) continue;
    if (line + plan.longestLine > plan.linesEnd) return row;
    place(plan, row);
    const begin = openingOf(plan, found.decision === CARRIED_ACTIVE);
    const end = begin === REFUSED ? NO_CELL : writeLine(plan, line);
    if (end === NO_CELL) {
      found.decision = UNKNOWN;
      continue;
    }
    found.opening = <usize>begin;
    found.entryStart = entry;
    entry = writeEntry(plan, changetype<Opening>(found.opening), row, line - plan.lines, end - line, entry);
    found.entryEnd = entry;
    found.lineEnd = end;
    line = end;
  }
  return rows;
}

/** Of what the record is known by tomorrow: its opening, and behind it its line. */
function writeFingerprints(plan: Plan, rows: i32): void {
  let line = plan.lines;
  for (let row = 0; row < rows; row++) {
    const found = foundOf(plan, row);
    if (isCarried(found.decision)) {
      const opening = changetype<Opening>(found.opening);
      const text = copy(plan.text, opening.text, opening.textBytes);
      const end = copy(text, line, found.lineEnd - line);
      store<u64>(found.entryStart + plan.mappedAt, xxh64(plan.text, end - plan.text));
    }
    line = found.lineEnd;
  }
}

function decisionOf(plan: Plan): i32 {
  const slot = slotOf(changetype<Combinations>(plan.decisions), plan.rowNumbers);
  const known = answerAt(slot);
  if (known !== UNKNOWN) return known;
  const decision = decide();
  rememberAt(slot, decision);
  return decision;
}

function openingOf(plan: Plan, isActive: bool): i32 {
  const memory = isActive ? plan.openingsOfActive : plan.openingsOfOthers;
  const slot = slotOf(changetype<Combinations>(memory), plan.rowNumbers);
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
      if (plan.delimiterBytes === 1) store<u8>(to++, load<u8>(plan.delimiter));
      else to = copy(to, plan.delimiter, plan.delimiterBytes);
    }
    const cell = changetype<Cell>(plan.cells + <usize>index * offsetof<Cell>());
    to = writeCell(plan, cell, index, to, limit);
    if (to === NO_CELL) return NO_CELL;
  }
  return to + plan.lineEndBytes > limit ? NO_CELL : copy(to, plan.lineEnd, plan.lineEndBytes);
}
