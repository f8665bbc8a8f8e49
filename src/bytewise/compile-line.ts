import { compileAskCell } from './ask-cells.ts';
import type { CellForm } from './cell-form.ts';
import { type EntryForm, fillPlan } from './fill-plan.ts';
import { type FileShape, type LaidOut, LONGEST_OPENING_BYTES, layOut } from './lay-out.ts';
import { LINE_KERNEL } from './line-kernel.ts';
import { openRowLooker, type RowLooker } from './look-at-rows.ts';
import { openKernel } from './open-kernel.ts';
import { openRowView } from './open-row-view.ts';
import { openTexts, type Texts } from './open-texts.ts';
import { openPieces, type Pieces } from './pieces.ts';
import { OPENING, PIECE_AT, REFUSED } from './structures.ts';

export interface LineForm {
  cells: readonly CellForm[];
  delimiter: string;
  lineEnd: string;
  isUtf8: boolean;
}

/** What is asked about a row beside its cells; where all columns that it looks at repeat, once for each combination. */
export interface RowQuestions extends FileShape {
  /** CARRIED_ACTIVE, CARRIED_OTHER, a larger number of the asker's own, or REFUSED where nothing is certain. */
  decide: { columns: readonly number[]; ask(texts: readonly string[]): number };
  openingOf: { columns: readonly number[]; ask(texts: readonly string[], isActive: boolean): Opening };
  entry: EntryForm;
  /** Writes the key of an id that does not fit whole, and answers where it ends. */
  writeKey(bytes: Buffer, at: number, id: string): number;
}

/** What records of students who stand alike have in common. */
export interface Opening {
  /** How the text begins whose digest is kept of the record; its line follows. */
  text: Uint8Array;
  /** Their entry up to its texts, and what follows the id among these: with no other id before, and in front of one. */
  entry: Uint8Array;
  tail: Uint8Array;
  longTail: Uint8Array;
}

export interface CompiledLine extends RowLooker {
  /** The memory in which the lines and texts of rows lie. */
  bytes: Buffer;
  texts: Texts;
  /** Places the texts on one of the rows that were looked at last, counted from 0. */
  place(index: number): void;
}

/**
 * The lines of rows as the ordinary forms would write them.
 * @returns undefined where there is no memory for it
 */
export function compileLine(form: LineForm, questions: RowQuestions): CompiledLine | undefined {
  const { cells, delimiter, isUtf8 } = form;
  const { columns, decide, openingOf, entry } = questions;
  // A delimiter of several bytes cannot be seen in them.
  const laidOut = layOut(cells, isUtf8 && Buffer.byteLength(delimiter) === 1, questions);
  if (!laidOut) return undefined;
  const { memory, at, bounds, ways } = laidOut;
  const pieces = openPieces(memory, at.pieces, at.pieces + bounds.pieceBytes);
  fillPlan(laidOut, pieces, form, { columns, decide: decide.columns, opening: openingOf.columns, entry });
  const view = openRowView(laidOut);
  const texts = openTexts(view, columns);
  const run = openKernel(LINE_KERNEL, memory.memory, {
    cell: compileAskCell({ cells, ways, at, memory, pieces, view, texts }),
    decide: () => decide.ask(texts.read(decide.columns)),
    opening: (isActive) =>
      putOpening(laidOut, pieces, openingOf.ask(texts.read(openingOf.columns), isActive !== 0)),
    key: (to, start, length) =>
      questions.writeKey(memory.bytes, to, memory.bytes.toString('utf8', start, start + length)),
  });
  return { ...openRowLooker(laidOut, run), bytes: memory.bytes, texts, place: view.place };
}

/** Answers where it lies; REFUSED where it has no room. */
function putOpening({ memory }: LaidOut, pieces: Pieces, { text, entry, tail, longTail }: Opening): number {
  if (text.length > LONGEST_OPENING_BYTES) return REFUSED;
  const at = pieces.take(OPENING.sizeBytes);
  const places = [text, entry, tail, longTail].map((piece) => pieces.add(piece));
  if (at === 0 || places.includes(0)) return REFUSED;
  const [textAt = 0, entryAt = 0, tailAt = 0, longTailAt = 0] = places.map((place) => place + PIECE_AT);
  OPENING.put(memory, at, {
    ...{ text: textAt, textBytes: text.length, entry: entryAt },
    ...{ tail: tailAt, tailBytes: tail.length, longTail: longTailAt, longTailBytes: longTail.length },
  });
  return at;
}
