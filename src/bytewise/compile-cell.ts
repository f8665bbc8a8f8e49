import { type ByteForm, NOT_PLAIN, type PlainBytes, plainBytesOf } from './plain-bytes.ts';
import { NOT_KNOWN, type RowView } from './row-view.ts';

/** One target field: which columns it is made of, and what its ordinary form makes of them. */
export interface CellForm {
  /** Each once. Undefined where it looks at more than the columns that it names. */
  columns: readonly number[] | undefined;
  /** All that its steps do to the value of its one column, where bytes can be told by it. */
  forms: readonly ByteForm[] | undefined;
  /** As it stands in the outbound line; undefined where the row has to be judged by the ordinary forms. */
  textOf(values: readonly string[]): string | undefined;
  /** The same for a value that was made already. */
  carry(value: string): string | undefined;
}

export interface CellContext {
  /** Whether the values of a column are remembered. */
  isRemembered(column: number): boolean;
  /** Reads columns into `texts` of the view. */
  readTexts(view: RowView, columns: readonly number[] | undefined): readonly string[];
  isUtf8: boolean;
}

/** Writes the cell of a row behind `to`, and answers where it ends; NO_CELL where it cannot. */
export type CellWriter = (view: RowView, out: Buffer, to: number) => number;

export const NO_CELL = -1;

/** The quickest writer that gives the bytes of the ordinary form. */
export function compileCell(form: CellForm, context: CellContext): CellWriter {
  const ordinary = compileOrdinary(form, context);
  const { columns, forms } = form;
  if (columns?.length === 0) return compileConstant(form);
  const [column] = columns ?? [];
  if (columns?.length !== 1 || column === undefined) return ordinary;
  if (forms) return compileCopy({ form, forms, column }, ordinary, context);
  return context.isRemembered(column) ? compileRemembered(form, column, ordinary, context) : ordinary;
}

/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;

/** To the byte, as for cells that are remembered: whether a row is taken must not depend on what was seen before. */
function hasRoom(out: Buffer, to: number, text: string): boolean {
  if (to + text.length * LONGEST_CHARACTER_BYTES <= out.length) return true;
  return to + Buffer.byteLength(text) <= out.length;
}

function compileOrdinary(form: CellForm, { readTexts }: CellContext): CellWriter {
  return (view, out, to) => {
    const text = form.textOf(readTexts(view, form.columns));
    if (text === undefined || !hasRoom(out, to, text)) return NO_CELL;
    return to + out.write(text, to);
  };
}

function compileConstant(form: CellForm): CellWriter {
  const text = form.textOf([]);
  if (text === undefined) return () => NO_CELL;
  const bytes = Buffer.from(text);
  return (_view, out, to) => copyInto(out, to, bytes);
}

const SPACE = 0x20;
const ASCII_END = 0x80;
/**
 * First bytes of characters that mean something in front of a value: white space beyond ASCII, which may be all of a blank or
 * stand before the sign of a formula, full-width signs of formulas, and the byte order mark.
 */
const MEANS_MORE = new Set([0xc2, 0xe1, 0xe2, 0xe3, 0xef]);

function compileCopy(
  { form, forms, column }: { form: CellForm; forms: readonly ByteForm[]; column: number },
  ordinary: CellWriter,
  { isUtf8 }: CellContext,
): CellWriter {
  const plain: PlainBytes = plainBytesOf(form.carry, { forms, isUtf8 });
  const isTrimmed = forms.includes('trim');
  const blank = compileOnce(ordinary);
  return (view, out, to) => {
    const { bytes } = view;
    let start = view.starts[column] ?? 0;
    let end = view.ends[column] ?? 0;
    if (start === end) return blank(view, out, to);
    if (isTrimmed) {
      while (start < end && bytes[start] === SPACE) start++;
      while (end > start && bytes[end - 1] === SPACE) end--;
    }
    const first = bytes[start] ?? 0;
    // A blank means something, and white space is more than spaces.
    if (start === end || first === SPACE || (first >= ASCII_END && MEANS_MORE.has(first)))
      return ordinary(view, out, to);
    if (isTrimmed && (first >= ASCII_END || (bytes[end - 1] ?? 0) >= ASCII_END))
      return ordinary(view, out, to);
    if (to + end - start > out.length) return NO_CELL;
    let next = to;
    for (let at = start; at < end; at++) {
      const byte = plain[bytes[at] ?? 0] ?? NOT_PLAIN;
      if (byte === NOT_PLAIN) return ordinary(view, out, to);
      out[next++] = byte;
    }
    return next;
  };
}

/** Of a cell that is always the same. */
function compileOnce(write: CellWriter): CellWriter {
  let known: Buffer | undefined;
  return (view, out, to) => {
    if (known) return copyInto(out, to, known);
    const next = write(view, out, to);
    if (next !== NO_CELL) known = Buffer.from(out.subarray(to, next));
    return next;
  };
}

/** Among the numbers of cells. */
const NOT_ASKED = 0;
const REFUSED = -1;

/** The ordinary form is asked once for each value of the column. */
function compileRemembered(
  form: CellForm,
  column: number,
  ordinary: CellWriter,
  { readTexts }: CellContext,
): CellWriter {
  const cells = openCells();
  let known = new Int32Array(256);

  function ask(view: RowView, number: number): number {
    if (number >= known.length) known = grown(known, number);
    const text = form.textOf(readTexts(view, form.columns));
    const cell = text === undefined ? REFUSED : cells.add(text);
    known[number] = cell;
    return cell;
  }

  return (view, out, to) => {
    const number = view.numbers[column] ?? NOT_KNOWN;
    if (number === NOT_KNOWN) return ordinary(view, out, to);
    let cell = number < known.length ? (known[number] ?? NOT_ASKED) : NOT_ASKED;
    if (cell === NOT_ASKED) cell = ask(view, number);
    return cell === REFUSED ? NO_CELL : cells.copy(cell, out, to);
  };
}

/** Cells one behind the other, numbered from 1 on: two arrays, so that many of them cost the collector nothing. */
function openCells(): { add(text: string): number; copy(cell: number, out: Buffer, to: number): number } {
  let bytes = Buffer.alloc(1024);
  let ends = new Int32Array(256);
  let count = 0;
  return {
    add(text) {
      const from = ends[count] ?? 0;
      const to = from + Buffer.byteLength(text);
      if (to > bytes.length) bytes = Buffer.concat([bytes], to * 2);
      if (++count >= ends.length) ends = grown(ends, count);
      bytes.write(text, from);
      ends[count] = to;
      return count;
    },
    copy(cell, out, to) {
      const end = ends[cell] ?? 0;
      let at = ends[cell - 1] ?? 0;
      if (to + end - at > out.length) return NO_CELL;
      let next = to;
      while (at < end) out[next++] = bytes[at++] ?? 0;
      return next;
    },
  };
}

function grown(numbers: Int32Array, least: number): Int32Array<ArrayBuffer> {
  const wider = new Int32Array(Math.max(numbers.length, least) * 2);
  wider.set(numbers);
  return wider;
}

function copyInto(out: Buffer, to: number, from: Buffer): number {
  if (to + from.length > out.length) return NO_CELL;
  let next = to;
  for (let at = 0; at < from.length; at++) out[next++] = from[at] ?? 0;
  return next;
}
