import { type CompiledLine, compileLine, type LineForm } from '../../bytewise/compile-line.ts';
import { CARRIED_ACTIVE, CARRIED_OTHER, REFUSED } from '../../bytewise/structures.ts';
import { compileMappedOpening } from '../../compare/mapped-text.ts';
import type { Decision } from '../../eligibility/decide.ts';
import { ENTRY_PLACES } from '../../tally/entry-bytes.ts';
import { entryTemplate } from '../../tally/entry-template.ts';
import { HASH_BYTES, writeKey } from '../../tally/key-bytes.ts';
import { digestOfRules } from './enter-row.ts';
import type { FieldRules } from './field-rules.ts';
import type { JudgedFile } from './open-judged-file.ts';

type LeftOut = Extract<Decision, { kind: 'left_out' }>;

/** What is certain of rows: that they are carried, and with which line, or that a rule leaves them out. */
export interface BytesSight {
  line: CompiledLine;
  /** By its number; undefined where the row is carried. */
  leftOutAs(decision: number): LeftOut | undefined;
}

interface Sight {
  form: LineForm;
  rules: FieldRules;
  idAt: number;
  /** The key of a row is that of its student. */
  keyIsId: boolean;
}

/** @returns undefined where there is no memory for it */
export function compileSight(
  { readers, input }: JudgedFile,
  { form, rules, idAt, keyIsId }: Sight,
): BytesSight | undefined {
  const { school, grade, previousId, decision } = readers;
  const decideAt = [...decision.columns];
  const openingAt = [...new Set([school, grade].flatMap(({ at }) => at ?? []))];
  const leftOut = openLeftOut();
  const openingOf = compileMappedOpening(rules, digestOfRules);
  const line = compileLine(form, {
    columns: input.header.columns.length,
    sizeBytes: input.context.bytes.sizeBytes,
    alsoRead: [...decideAt, ...openingAt].filter((at) => at !== idAt),
    decide: { columns: decideAt, ask: (texts) => leftOut.codeOf(decision.decide(texts)) },
    openingOf: {
      columns: openingAt,
      ask(texts, active) {
        const standing = { active, school: school(texts).trim(), grade: grade(texts).trim() };
        return { text: Buffer.from(openingOf(standing)), ...entryTemplate(standing) };
      },
    },
    entry: { idColumn: idAt, previousIdColumn: previousId.at, keyIsId, places: ENTRY_PLACES },
    writeKey(bytes, at, id) {
      writeKey(bytes, at, id);
      return at + HASH_BYTES;
    },
  });
  return line && { line, leftOutAs: leftOut.at };
}

/** Each way to be left out has a number of its own. */
function openLeftOut() {
  const all: LeftOut[] = [];
  const codes = new Map<string, number>();
  const first = CARRIED_OTHER + 1;
  return {
    at: (code: number) => (code < first ? undefined : all[code - first]),
    codeOf(decision: Decision): number {
      if (decision.kind === 'rejected') return REFUSED;
      if (decision.kind === 'carried') return decision.active ? CARRIED_ACTIVE : CARRIED_OTHER;
      const key = `${decision.reason} ${decision.rule}`;
      const code = codes.get(key) ?? all.push(decision) + first - 1;
      codes.set(key, code);
      return code;
    },
  };
}
