import type { Decision } from '../eligibility/decide.ts';
import type { CompiledMapping } from '../mapping/compile-mapping.ts';
import { LONGEST_TEXT, type Standing } from '../tally/roll-entry.ts';
import type { Finding } from '../vocabulary/finding.ts';
import type { ColumnReader, SourceRow } from '../vocabulary/row.ts';
import { isBlank } from '../vocabulary/row.ts';
import type { IneligibleReason } from '../vocabulary/verdict.ts';

/** The first verdict on a row, seen alone; repeats and dependants are settled when the whole file was read. */
export type Judgement =
  | { kind: 'carried'; id: string; values: readonly string[]; standing: Standing; previousId: string }
  | { kind: 'ineligible'; id: string; reason: IneligibleReason; rule: string }
  | { kind: 'rejected'; id: string; findings: readonly Finding[] }
  /** This run is not about the student: the row is not in its books. */
  | { kind: 'apart' };

/** Of a row that is in the books of this run. */
export type BookedJudgement = Exclude<Judgement, { kind: 'apart' }>;

export interface Judges {
  id: ColumnReader;
  previousId: ColumnReader;
  school: ColumnReader;
  grade: ColumnReader;
  decide: (values: readonly string[]) => Decision;
  map: CompiledMapping['map'];
  /** What the outbound file cannot hold. */
  unwritable: (values: readonly string[]) => Finding | undefined;
  /** Whose row it is that is broken; blank where nobody can say. */
  recognise: (row: SourceRow) => string;
  /** Whether this run is about the student at all. */
  isMeant: (id: string) => boolean;
  /** A person decided that the record is not sent. */
  isLeftOut: (id: string) => boolean;
  /** Puts what a person corrected into the values. */
  correct: (id: string, values: string[]) => readonly string[];
}

/** One row through eligibility and mapping. */
export function compileJudge(judges: Judges): (row: SourceRow) => Judgement {
  const { id: readId, recognise, isMeant } = judges;
  const judgeSound = compileSound(judges);
  return (row) => {
    const id = row.flaw ? recognise(row) : readId(row.values).trim();
    if (!isMeant(id)) return { kind: 'apart' };
    if (row.flaw) return { kind: 'rejected', id, findings: [row.flaw] };
    if (isBlank(id)) return { kind: 'rejected', id, findings: [BLANK_ID] };
    if (id.length > LONGEST_TEXT) return { kind: 'rejected', id: '', findings: [{ ...LONG_ID, value: id }] };
    return judgeSound(id, row.values);
  };
}

function compileSound(judges: Judges): (id: string, values: readonly string[]) => Judgement {
  const { decide, map, unwritable, school, grade, previousId, isLeftOut, correct } = judges;
  return (id, row) => {
    const decision = decide(row);
    if (decision.kind === 'left_out')
      return { kind: 'ineligible', id, reason: decision.reason, rule: decision.rule };
    if (decision.kind === 'rejected') return { kind: 'rejected', id, findings: [decision.finding] };
    if (isLeftOut(id)) return { kind: 'ineligible', id, reason: 'never_include', rule: LEFT_OUT };
    const mapped = map(row);
    if (!Array.isArray(mapped)) return { kind: 'rejected', id, findings: mapped.findings };
    const values = correct(id, mapped);
    const obstacle = unwritable(values);
    if (obstacle) return { kind: 'rejected', id, findings: [obstacle] };
    const standing = { active: decision.active, school: school(row).trim(), grade: grade(row).trim() };
    return { kind: 'carried', id, values, standing, previousId: previousId(row).trim() };
  };
}

const LEFT_OUT = 'A person decided in a review that this student is left out.';

const BLANK_ID: Finding = { code: 'blank_id', field: 'identity.id', message: 'The id is blank', value: '' };
const LONG_ID: Finding = {
  code: 'too_long',
  field: 'identity.id',
  message: `The id is longer than ${LONGEST_TEXT} characters`,
  value: '',
};
