import { NO_CELL } from '../../bytewise/compile-cell.ts';
import { compileLine, type LineForm } from '../../bytewise/compile-line.ts';
import type { Texts } from '../../bytewise/open-texts.ts';
import { rememberByNumbers } from '../../bytewise/remember-by-numbers.ts';
import { openRowView, placeView, type RowView } from '../../bytewise/row-view.ts';
import { compileMappedOpening } from '../../compare/mapped-text.ts';
import { DIGEST_LENGTH, type PackedRows } from '../../parse/packed-rows.ts';
import { LONGEST_TEXT, NO_STANDING } from '../../tally/roll-entry.ts';
import { belongsToStudent } from '../../vocabulary/record-kind.ts';
import type { Standing } from '../../vocabulary/standing.ts';
import {
  CARRIED,
  compileUnique,
  digestOfMapped,
  digestOfRules,
  type EntryPlace,
  openEntry,
} from './enter-row.ts';
import type { FieldRules } from './field-rules.ts';
import { lineFormOf } from './line-form.ts';
import type { JudgedFile } from './open-judged-file.ts';

/** Rows judged and entered as the bytes that they are: the same entries and lines as by the ordinary forms. */
export interface ByteJudge {
  /** The batch whose rows are asked about next. */
  open(packed: PackedRows): void;
  /** False where nothing was entered, because the row is not carried or is not certain: the ordinary forms judge it. */
  enter(at: number): boolean;
}

/** Where in `out` lines begin: before it is room for the opening of the text whose digest is kept. */
const LINE_AT = 4096;
const LONGEST_LINE_BYTES = 1 << 18;

/** A row that is carried, as it is about to be entered. Valid until the next one is seen. */
interface SeenRow {
  view: RowView;
  id: string;
  previousId: string;
  standing: Standing;
  /** The opening of the text whose digest is kept, and behind it from LINE_AT to `end` the line. */
  out: Buffer;
  opening: number;
  end: number;
}

/** @returns undefined where the file is not judged row by row, or its mapping and its line have no form in bytes */
export function compileByteJudge(
  judged: JudgedFile,
  place: EntryPlace,
  idsDecided: ReadonlySet<string>,
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
    texts.read(view, cell?.columns);
    return cell?.valueOf(view.texts) ?? '';
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
      if (!see(seen)) return false;
      put(seen, batch, at);
      return true;
    },
  };
}

interface Sight {
  form: LineForm;
  rules: FieldRules;
  idAt: number;
  idsDecided: ReadonlySet<string>;
}

/** As what a student stands, and how the text begins whose digest is kept of the record. */
interface Opening {
  standing: Standing;
  text: Buffer;
}

/** Whether the row is carried for certain; what is to be entered then stands in what is handed in. */
function compileSight(
  { readers, input }: JudgedFile,
  { form, rules, idAt, idsDecided }: Sight,
): { see: (seen: SeenRow) => boolean; texts: Texts } {
  const { school, grade, previousId, decision } = readers;
  const readAt = [school, grade, previousId].flatMap(({ at }) => at ?? []);
  const alsoRead = [...new Set([...decision.columns, ...readAt])].filter((at) => at !== idAt);
  const { write, texts } = compileLine(form, input.header.columns.length, alsoRead);
  const decide = rememberByNumbers(({ texts: row }) => decision.decide(row), [...decision.columns]);
  const openingsOf = compileOpenings(readers, compileMappedOpening(rules, digestOfRules));
  const see = (seen: SeenRow) => {
    const { view, out } = seen;
    const idText = view.bytes.toString('utf8', view.starts[idAt] ?? 0, view.ends[idAt] ?? 0);
    const id = idText.trim();
    if (id === '' || id.length > LONGEST_TEXT || idsDecided.has(id)) return false;
    texts.number(view);
    texts.read(view, alsoRead);
    view.texts[idAt] = idText;
    const decided = decide(view);
    if (decided.kind !== 'carried') return false;
    const { standing, text } = openingsOf(decided.active)(view);
    if (text.length > LINE_AT) return false;
    seen.id = id;
    seen.previousId = previousId(view.texts).trim();
    seen.standing = standing;
    seen.opening = LINE_AT - text.length;
    for (let at = 0; at < text.length; at++) out[seen.opening + at] = text[at] ?? 0;
    seen.end = write(view, out, LINE_AT);
    return seen.end !== NO_CELL;
  };
  return { see, texts };
}

/** For the active and for the others. */
function compileOpenings(
  { school, grade }: JudgedFile['readers'],
  openingOf: (standing: Standing) => string,
): (active: boolean) => (view: RowView) => Opening {
  const columns = [...new Set([school, grade].flatMap(({ at }) => at ?? []))];
  const compileOne = (active: boolean) =>
    rememberByNumbers(({ texts }): Opening => {
      const standing = { active, school: school(texts).trim(), grade: grade(texts).trim() };
      return { standing, text: Buffer.from(openingOf(standing)) };
    }, columns);
  const [ofActive, ofOthers] = [compileOne(true), compileOne(false)];
  return (active) => (active ? ofActive : ofOthers);
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
