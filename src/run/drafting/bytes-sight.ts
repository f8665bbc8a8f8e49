import { NO_CELL } from '../../bytewise/compile-cell.ts';
import { compileLine, type LineForm } from '../../bytewise/compile-line.ts';
import type { Texts } from '../../bytewise/open-texts.ts';
import { rememberByNumbers } from '../../bytewise/remember-by-numbers.ts';
import type { RowView } from '../../bytewise/row-view.ts';
import { compileMappedOpening } from '../../compare/mapped-text.ts';
import type { Decision } from '../../eligibility/decide.ts';
import { LONGEST_TEXT } from '../../tally/roll-entry.ts';
import type { Standing } from '../../vocabulary/standing.ts';
import { digestOfRules } from './enter-row.ts';
import type { FieldRules } from './field-rules.ts';
import type { JudgedFile } from './open-judged-file.ts';

/** Where in `out` lines begin: before it is room for the opening of the text whose digest is kept. */
export const LINE_AT = 4096;
export const LONGEST_LINE_BYTES = 1 << 18;

/** A row that is carried, as it is about to be entered. Valid until the next one is seen. */
export interface SeenRow {
  view: RowView;
  id: string;
  previousId: string;
  standing: Standing;
  /** The opening of the text whose digest is kept, and behind it from LINE_AT to `end` the line. */
  out: Buffer;
  opening: number;
  end: number;
}

export type CertainDecision = Exclude<Decision, { kind: 'rejected' }>;

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

/**
 * What is certain of a row: that it is carried, and then what is to be entered stands in what is handed in, or that a rule leaves
 * it out.
 */
export function compileSight(
  { readers, input }: JudgedFile,
  { form, rules, idAt, idsDecided }: Sight,
): { see: (seen: SeenRow) => CertainDecision | undefined; texts: Texts } {
  const { school, grade, previousId, decision } = readers;
  const readAt = [school, grade, previousId].flatMap(({ at }) => at ?? []);
  const decideAt = [...decision.columns];
  const alsoRead = [...decideAt, ...readAt].filter((at) => at !== idAt);
  const { write, texts } = compileLine(form, input.header.columns.length, alsoRead);
  const decide = rememberByNumbers((view) => decision.decide(texts.read(view, decideAt)), decideAt);
  const openingsOf = compileOpenings(readers, texts, compileMappedOpening(rules, digestOfRules));
  const previousAt = previousId.at === undefined ? [] : [previousId.at];
  const see = (seen: SeenRow) => {
    const { view, out } = seen;
    const idText = view.bytes.toString('utf8', view.starts[idAt] ?? 0, view.ends[idAt] ?? 0);
    const id = idText.trim();
    if (id === '' || id.length > LONGEST_TEXT || idsDecided.has(id)) return undefined;
    texts.number(view);
    seen.id = id;
    const decided = decide(view);
    if (decided.kind === 'rejected') return undefined;
    if (decided.kind === 'left_out') return decided;
    const { standing, text } = openingsOf(decided.active)(view);
    if (text.length > LINE_AT) return undefined;
    seen.previousId = previousAt.length === 0 ? '' : previousId(texts.read(view, previousAt)).trim();
    seen.standing = standing;
    seen.opening = LINE_AT - text.length;
    for (let at = 0; at < text.length; at++) out[seen.opening + at] = text[at] ?? 0;
    seen.end = write(view, out, LINE_AT);
    return seen.end === NO_CELL ? undefined : decided;
  };
  return { see, texts };
}

/** Of schools and grades there are some thousand pairs at most. */
const MOST_OPENINGS = 1 << 13;

/** For the active and for the others. */
function compileOpenings(
  { school, grade }: JudgedFile['readers'],
  texts: Texts,
  openingOf: (standing: Standing) => string,
): (active: boolean) => (view: RowView) => Opening {
  const columns = [...new Set([school, grade].flatMap(({ at }) => at ?? []))];
  const compileOne = (active: boolean) =>
    rememberByNumbers(
      (view): Opening => {
        const row = texts.read(view, columns);
        const standing = { active, school: school(row).trim(), grade: grade(row).trim() };
        return { standing, text: Buffer.from(openingOf(standing)) };
      },
      columns,
      MOST_OPENINGS,
    );
  const [ofActive, ofOthers] = [compileOne(true), compileOne(false)];
  return (active) => (active ? ofActive : ofOthers);
}
