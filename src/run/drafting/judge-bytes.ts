import { type FoundRow, openFound } from '../../bytewise/look-at-rows.ts';
import { fingerprintAt, type PackedRows, rowBytes } from '../../parse/packed-rows.ts';
import { ENTRY_PLACES } from '../../tally/entry-bytes.ts';
import { writeKey } from '../../tally/key-bytes.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import { type BytesSight, compileSight } from './bytes-sight.ts';
import { compileUnique, digestOfRow, type EntryPlace } from './enter-row.ts';
import type { Judgement } from './judge-row.ts';
import { lineFormOf, type OrdinaryCell } from './line-form.ts';
import type { JudgedFile } from './open-judged-file.ts';

/** Rows judged and entered as the bytes that they are: the same entries and lines as by the ordinary forms. */
export interface ByteJudge {
  /** The batch whose rows are asked about next. */
  open(packed: PackedRows): void;
  /**
   * Rows are asked about in their order. False where nothing was entered, because nothing is certain: the ordinary forms judge
   * the row.
   */
  enter(at: number): boolean;
  /** All rows of the batch were asked about. */
  close(): void;
}

export interface OrdinaryWay {
  /** Whose rows the ordinary forms judge. */
  idsDecided: ReadonlySet<string>;
  /** Enters what was judged. */
  enterText: (row: SourceRow, judgement: Judgement) => void;
}

/** @returns undefined where the file is not judged row by row, or its mapping and its line have no form in bytes */
export function compileByteJudge(
  judged: JudgedFile,
  place: EntryPlace,
  { idsDecided, enterText }: OrdinaryWay,
): ByteJudge | undefined {
  const { mapping, rules, plan, matches } = place;
  const form = lineFormOf(plan.mapping.write, mapping);
  const isByItself = !judged.settlesRepeats && !matches && mapping.joinedFiles.length === 0;
  const idAt = judged.readers.id.at;
  if (!form || !isByItself || rules.volatile.includes(true) || idAt === undefined) return undefined;
  const keyIsId = !belongsToStudent(plan.mapping.record);
  const sight = compileSight(judged, { form, rules, idAt, keyIsId });
  if (!sight) return undefined;
  const { line } = sight;
  const carried = openCarried(place, sight, form.cells);
  const found = openFound();
  const isDecided = (batch: PackedRows, at: number) =>
    idsDecided.size > 0 && idsDecided.has(idOf(batch, at, idAt));
  let batch: PackedRows | undefined;
  let flawed: ReadonlySet<number> = new Set();
  let [from, to] = [0, 0];

  function look(rows: PackedRows, at: number): void {
    carried.enter();
    from = at;
    to = line.look(rows, from, (row) => flawed.has(row));
  }

  return {
    open(packed) {
      batch = packed;
      flawed = new Set(packed.flaws.map(([at]) => at));
      [from, to] = [0, 0];
    },
    enter(at) {
      if (!batch) return false;
      if (at >= to) look(batch, at);
      line.find(at - from, found);
      const leftOut = sight.leftOutAs(found.decision);
      const isCertain = found.decision > 0 && !isDecided(batch, at);
      if (isCertain && !leftOut) {
        carried.add(batch, at, { found, index: at - from });
        return true;
      }
      // Rows are entered in their order.
      carried.enter();
      if (!isCertain || !leftOut) return false;
      const { reason, rule } = leftOut;
      enterText(shownRow(batch, at), { kind: 'ineligible', id: idOf(batch, at, idAt), reason, rule });
      return true;
    },
    close: carried.enter,
  };
}

function idOf({ values, ends, fieldEnds }: PackedRows, at: number, column: number): string {
  const first = (fieldEnds.length / ends.length) * at;
  const start = column === 0 ? (ends[at - 1] ?? 0) : (fieldEnds[first + column - 1] ?? 0) + 1;
  const end = fieldEnds[first + column] ?? start;
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('utf8', start, end).trim();
}

/** As much of a row as its entry has of one that is left out: none of its values. */
function shownRow(packed: PackedRows, at: number): SourceRow {
  const { firstRow, lines } = packed;
  return { row: firstRow + at, line: lines[at] ?? 0, values: [], fingerprint: fingerprintAt(packed, at) };
}

/** Carried rows, entered when one comes that is none. */
function openCarried(
  { plan, roll, outbound, unique, ...place }: EntryPlace,
  { line }: BytesSight,
  cells: readonly OrdinaryCell[],
) {
  const { bytes, texts } = line;
  const enterUnique = compileUnique({ unique, mapping: place.mapping });
  const keyIsDigest = belongsToStudent(plan.mapping.record);
  const targetText = (target: number) => {
    const cell = cells[target];
    return cell?.valueOf(texts.read(cell.columns)) ?? '';
  };
  /** Their lines and their entries, one behind the other in `bytes`. */
  let [lineStart, lineEnd] = [0, 0];
  let [start, end] = [0, 0];
  return {
    add(batch: PackedRows, at: number, { found, index }: { found: FoundRow; index: number }): void {
      if (start === end) [start, lineStart] = [found.entryStart, found.lineStart];
      [end, lineEnd] = [found.entryEnd, found.lineEnd];
      if (keyIsDigest) writeKey(bytes, found.entryStart + ENTRY_PLACES.key, digestOfRow(rowBytes(batch, at)));
      if (unique.length === 0) return;
      line.place(index);
      enterUnique(batch.firstRow + at, targetText);
    },
    enter(): void {
      if (start === end) return;
      const { offset } = outbound.append(bytes.subarray(lineStart, lineEnd));
      const places = { outbound: offset - (lineStart - line.linesAt), exceptions: 0 };
      roll.enterBlock(bytes.subarray(start, end), places);
      [start, end] = [0, 0];
    },
  };
}
