/** What is entered of a row that is carried: the same bytes for all who stand alike, with what is the row's own put in. */
import { key as askKey } from './asks';
import { copy, start16 } from './bytes';
import { endOf, Opening, Plan, STEP, startOf } from './plan';
import { isSpace, lastCharacter, meansMore } from './white-space';

/** Of an id. */
const LONGEST_BYTES: usize = 200;

/** The text of a column without the white space around it. */
let start: usize = 0;
let bytes: usize = 0;

/** Puts it into `start` and `bytes`; false where only the host can tell what is white space, or it is very long. */
function trim(plan: Plan, column: i32): bool {
  let from = startOf(plan, <usize>column);
  let to = endOf(plan, <usize>column);
  while (from < to && isSpace(load<u8>(from))) from++;
  while (to > from && isSpace(load<u8>(to - 1))) to--;
  start = from;
  bytes = to - from;
  if (bytes === 0) return true;
  return bytes <= LONGEST_BYTES && !meansMore(load<u8>(from)) && !meansMore(lastCharacter(from, to));
}

/** Whether it is certain whose row it is. */
export function hasId(plan: Plan): bool {
  return trim(plan, plan.idColumn) && bytes > 0;
}

/** Answers where the entry ends. */
export function writeEntry(
  plan: Plan,
  opening: Opening,
  row: i32,
  outbound: usize,
  lineBytes: usize,
  to: usize,
): usize {
  trim(plan, plan.idColumn);
  copy(to, opening.entry, plan.textsAt);
  store<u32>(to + plan.rowAt, <u32>(plan.firstRow + row));
  store<u32>(to + plan.lineAt, load<u32>(plan.fileLines + ((<usize>row) << 2)));
  store<f64>(to + plan.outboundAt, <f64>outbound);
  store<u32>(to + plan.outboundBytesAt, <u32>lineBytes);
  store<u64>(to + plan.contentAt, load<u64>(plan.prints + ((<usize>row) << 3)));
  writeKey(to + plan.studentAt);
  if (plan.keyIsId) v128.store(to + plan.keyAt, v128.load(to + plan.studentAt));
  const texts = to + plan.textsAt;
  const end = writeTexts(plan, opening, copy(texts, start, bytes));
  store<u16>(to + plan.textBytesAt, <u16>(end - texts));
  return end;
}

/** A short text is its own key: how long it is, and it itself. */
function writeKey(to: usize): void {
  if (bytes >= STEP) {
    askKey(to, start, bytes);
    return;
  }
  const text = start16(start, bytes);
  v128.store(
    to,
    i8x16.shuffle(text, i8x16.splat(<i8>bytes), 16, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14),
  );
}

function writeTexts(plan: Plan, opening: Opening, to: usize): usize {
  if (plan.previousIdColumn < 0) return copy(to, opening.tail, opening.tailBytes);
  trim(plan, plan.previousIdColumn);
  if (bytes === 0) return copy(to, opening.tail, opening.tailBytes);
  return copy(copy(to, opening.longTail, opening.longTailBytes), start, bytes);
}

/** Whether it is certain who the student was before. */
export function hasPreviousId(plan: Plan): bool {
  return plan.previousIdColumn < 0 || trim(plan, plan.previousIdColumn);
}
