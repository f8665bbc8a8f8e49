import { openRowView, placeView } from '../../bytewise/row-view.ts';
import type { Decision } from '../../eligibility/decide.ts';
import { DIGEST_LENGTH, type PackedRows } from '../../parse/packed-rows.ts';
import { NO_STANDING } from '../../tally/roll-entry.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import type { SourceRow } from '../../vocabulary/row.ts';
import { compileSight, LINE_AT, LONGEST_LINE_BYTES, type SeenRow } from './bytes-sight.ts';
import { CARRIED, compileUnique, digestOfMapped, type EntryPlace, openEntry } from './enter-row.ts';
import type { Judgement } from './judge-row.ts';
import { lineFormOf } from './line-form.ts';
import type { JudgedFile } from './open-judged-file.ts';

/** Rows judged and entered as the bytes that they are: the same entries and lines as by the ordinary forms. */
export interface ByteJudge {
  /** The batch whose rows are asked about next. */
  open(packed: PackedRows): void;
  /** False where nothing was entered, because nothing is certain: the ordinary forms judge the row. */
  enter(at: number): boolean;
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
  const columns = judged.input.header.columns.length;
  const seen: SeenRow = {
    ...{ view: openRowView(columns), id: '', previousId: '', standing: NO_STANDING },
    ...{ out: Buffer.allocUnsafeSlow(LINE_AT + LONGEST_LINE_BYTES), opening: LINE_AT, end: LINE_AT },
  };
  const { see, texts } = compileSight(judged, { form, rules, idAt, idsDecided });
  const put = compilePut(place, ({ view }, target) => {
    const cell = form.cells[target];
    return cell?.valueOf(texts.read(view, cell.columns)) ?? '';
  });
  let batch: PackedRows | undefined;
  return {
    open(packed) {
      batch = packed;
      seen.view.bytes = Buffer.from(packed.values.buffer, packed.values.byteOffset, packed.values.byteLength);
    },
    enter(at) {
      if (!batch) return false;
      placeView(seen.view, batch.ends[at - 1] ?? 0, batch.fieldEnds, at * columns);
      const decided = see(seen);
      if (decided?.kind === 'carried') put(seen, batch, at);
      else if (decided) enterText(shownRow(batch, at), ineligible(seen.id, decided));
      return decided !== undefined;
    },
  };
}

function ineligible(id: string, { reason, rule }: Extract<Decision, { kind: 'left_out' }>): Judgement {
  return { kind: 'ineligible', id, reason, rule };
}

/** As much of a row as its entry has of one that is left out: none of its values. */
function shownRow({ firstRow, lines, digests }: PackedRows, at: number): SourceRow {
  const digest = digests.slice(at * DIGEST_LENGTH, (at + 1) * DIGEST_LENGTH);
  return { row: firstRow + at, line: lines[at] ?? 0, values: [], digest };
}

function compilePut(place: EntryPlace, targetText: (seen: SeenRow, target: number) => string) {
  const { plan, roll, outbound } = place;
  const enterUnique = compileUnique(place);
  const keyIsDigest = belongsToStudent(plan.mapping.record);
  // One of each for all rows: the roll keeps none of them.
  const entry = openEntry({ row: 0, line: 0 }, '', CARRIED);
  const texts = { key: '', content: '', mapped: '' };
  return (seen: SeenRow, batch: PackedRows, at: number): void => {
    const { id, out, opening, end } = seen;
    entry.row = batch.firstRow + at;
    entry.line = batch.lines[at] ?? 0;
    entry.id = id;
    entry.standing = seen.standing;
    entry.previousId = seen.previousId;
    entry.outbound = outbound.append(out.subarray(LINE_AT, end));
    enterUnique(entry.row, (target) => targetText(seen, target));
    texts.content = batch.digests.slice(at * DIGEST_LENGTH, (at + 1) * DIGEST_LENGTH);
    texts.key = keyIsDigest ? texts.content : id;
    texts.mapped = digestOfMapped(out.subarray(opening, end));
    roll.enter(entry, texts);
  };
}
