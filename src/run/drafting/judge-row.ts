import type { Decision } from '../../eligibility/decide.ts';
import type { JoinedRows } from '../../mapping/compile-field.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import { LONGEST_TEXT } from '../../tally/roll-entry.ts';
import { FINDING_CODES, type Finding } from '../../vocabulary/finding.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';
import type { ColumnReader, SourceRow } from '../../vocabulary/row.ts';
import { isBlank } from '../../vocabulary/row.ts';
import type { Standing } from '../../vocabulary/standing.ts';
import type { IneligibleReason } from '../../vocabulary/verdict.ts';
import type { compileMatchedMap, RecordMatch } from '../matching/map-matched.ts';
import type { Folds, PlaceOfRow } from './open-folds.ts';

/** The first verdict on a row, seen alone; repeats and dependants are settled when the whole file was read. */
export type Judgement =
  | {
      kind: 'carried';
      id: string;
      values: readonly string[];
      standing: Standing;
      previousId: string;
      /** Of a record that is matched with the students of the other side. */
      match?: RecordMatch;
    }
  /** A person decides first, either who it is or whose values win. */
  | { kind: 'held'; id: string; previousId: string; questions: readonly ReviewItem[]; match?: RecordMatch }
  | { kind: 'ineligible'; id: string; reason: IneligibleReason; rule: string }
  | { kind: 'rejected'; id: string; findings: readonly Finding[] }
  /** Another row stands for the student: it has taken in what this one adds, or put it aside as one of another school. */
  | { kind: 'folded'; id: string; isAside: boolean }
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
  /** In place of `map`, where the records are matched with the students of the other side. */
  mapMatched?: ReturnType<typeof compileMatchedMap> | undefined;
  /** The values as the outbound file can hold them, or what it cannot hold. */
  fitValues: (values: readonly string[]) => readonly string[] | Finding;
  /** Whose row it is that is broken; blank where nobody can say. */
  recognise: (row: SourceRow) => string;
  /** Whether this run is about the student at all. */
  isMeant: (id: string) => boolean;
  /** A person decided that the record is not sent. */
  isLeftOut: (id: string) => boolean;
  /** Where a student may have several rows. */
  placeOf?: Folds['placeOf'] | undefined;
  /** Puts what a person corrected into the values: where the mapping made what was corrected. */
  correct: (id: string, values: string[], mapped: readonly string[]) => readonly string[];
}

/** One row through eligibility and mapping. */
export function compileJudge(judges: Judges): (row: SourceRow) => Judgement {
  const { id: readId, recognise, isMeant, placeOf = ALONE } = judges;
  const judgeSound = compileSound(judges);
  return (row) => {
    const id = row.flaw ? recognise(row) : readId(row.values).trim();
    if (!isMeant(id)) return { kind: 'apart' };
    if (row.flaw) return { kind: 'rejected', id, findings: [row.flaw] };
    if (isBlank(id)) return { kind: 'rejected', id, findings: [BLANK_ID] };
    if (id.length > LONGEST_TEXT) return { kind: 'rejected', id: '', findings: [{ ...LONG_ID, value: id }] };
    const place = placeOf(row.row, id);
    return place.kind === 'stands' ? judgeSound(id, row.values, place.joined) : judgePlace(id, place);
  };
}

function judgePlace(id: string, place: Exclude<PlaceOfRow, { kind: 'stands' }>): Judgement {
  if (place.kind === 'folded') return { kind: 'folded', id, isAside: false };
  if (place.kind === 'aside') return { kind: 'folded', id, isAside: true };
  if (place.kind === 'beside_broken') return { kind: 'rejected', id, findings: [BESIDE_BROKEN] };
  const { columns } = place;
  const message = `The rows of this student differ in ${columns.join(', ')}, and nothing says which of them counts`;
  return {
    kind: 'rejected',
    id,
    findings: [{ code: 'conflicting_duplicate', field: '', message, value: '' }],
  };
}

type Joined = JoinedRows | undefined;

function compileSound(judges: Judges): (id: string, values: readonly string[], joined: Joined) => Judgement {
  const { decide, map, mapMatched, isLeftOut } = judges;
  const finish = compileFinish(judges);
  const judgeMatched = mapMatched && compileMatched({ ...judges, mapMatched }, finish);
  return (id, row, joined) => {
    const decision = decide(row);
    if (decision.kind === 'left_out')
      return { kind: 'ineligible', id, reason: decision.reason, rule: decision.rule };
    if (decision.kind === 'rejected') return { kind: 'rejected', id, findings: [decision.finding] };
    if (isLeftOut(id)) return { kind: 'ineligible', id, reason: 'never_include', rule: LEFT_OUT };
    const { active } = decision;
    if (judgeMatched) return judgeMatched({ id, row, joined, active });
    const mapped = map(row, joined);
    if (!Array.isArray(mapped)) return { kind: 'rejected', id, findings: mapped.findings };
    return finish({ id, row, active, values: mapped, mapped });
  };
}

interface RowToMap {
  id: string;
  row: readonly string[];
  joined: Joined;
  active: boolean;
}

interface MappedRow extends Omit<RowToMap, 'joined'> {
  values: string[];
  mapped: readonly string[];
}

/** From the mapped values on, everything is the same whoever the record is. */
function compileFinish(judges: Judges) {
  const { fitValues, school, grade, previousId, correct } = judges;
  return ({ id, row, active, values, mapped }: MappedRow): Judgement => {
    const corrected = correct(id, values, mapped);
    const fitted = fitValues(corrected);
    if ('code' in fitted) return { kind: 'rejected', id, findings: [fitted] };
    const standing = { active, school: school(row).trim(), grade: grade(row).trim() };
    return { kind: 'carried', id, values: fitted, standing, previousId: previousId(row).trim() };
  };
}
function compileMatched(
  { mapMatched, previousId }: Judges & { mapMatched: NonNullable<Judges['mapMatched']> },
  finish: (mapped: MappedRow) => Judgement,
) {
  return ({ id, row, joined, active }: RowToMap): Judgement => {
    const matched = mapMatched(id, row, joined);
    if (matched.kind === 'left_out')
      return { kind: 'ineligible', id, reason: 'never_include', rule: LEFT_OUT };
    if (matched.kind === 'rejected') return { ...matched, id };
    if (matched.kind === 'unknown')
      return { kind: 'held', id, previousId: previousId(row).trim(), questions: [matched.question] };
    const { match, questions, values, mapped } = matched;
    const judgement = finish({ id, row, active, values, mapped });
    if (judgement.kind !== 'carried') return judgement;
    return questions.length > 0
      ? { kind: 'held', id, previousId: judgement.previousId, questions, match }
      : { ...judgement, match };
  };
}

const LEFT_OUT = 'A person decided in a review that this student is left out.';

const ALONE = (): PlaceOfRow => ({ kind: 'stands', joined: undefined });

const BESIDE_BROKEN: Finding = {
  code: 'beside_broken',
  field: '',
  message: FINDING_CODES.beside_broken,
  value: '',
};
const BLANK_ID: Finding = { code: 'blank_id', field: 'identity.id', message: 'The id is blank', value: '' };
const LONG_ID: Finding = {
  code: 'too_long',
  field: 'identity.id',
  message: `The id is longer than ${LONGEST_TEXT} characters`,
  value: '',
};
