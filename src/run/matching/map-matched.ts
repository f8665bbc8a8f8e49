import { compileMatchDecision, type MatchResolution } from '../../compare/decide-match.ts';
import {
  compileDifferences,
  type FieldDecision,
  type SettledRecord,
} from '../../compare/settle-differences.ts';
import type { LoadedFile } from '../../config/load-connection.ts';
import type { JoinedRows } from '../../mapping/compile-field.ts';
import type { CompiledMapping } from '../../mapping/compile-mapping.ts';
import type { Finding } from '../../vocabulary/finding.ts';
import { type RecordDecision, WHO_FIELD } from '../../vocabulary/memory.ts';
import type { ReviewItem } from '../../vocabulary/review.ts';
import type { PersonReader } from '../drafting/person-columns.ts';
import { askDifferences, askMatch } from './match-questions.ts';
import type { MatchSettings, ReferenceFile, ReferencePeople } from './reference-file.ts';

/** Who a record is at the other side. */
export interface RecordMatch {
  /** Of the student whom it updates; undefined of a new one. */
  studentId?: string;
  by: 'identify' | 'decision' | 'no_likeness';
  /** A sentence without values, where the id and the name say different things. */
  doubt?: string;
}

/** A record of a file that is matched with the students of the other side. */
export type MatchedRow =
  /** `values` are those of `mapped` but where the other side's value wins. `questions`: fields that a person settles first. */
  | {
      kind: 'mapped';
      mapped: readonly string[];
      values: string[];
      match: RecordMatch;
      questions: readonly ReviewItem[];
    }
  /** Nobody has decided who it is. */
  | { kind: 'unknown'; question: ReviewItem }
  | { kind: 'left_out' }
  | { kind: 'rejected'; findings: readonly Finding[] };

export interface MatchContext {
  /** As the connection calls the file of the records. */
  file: string;
  plan: LoadedFile;
  settings: MatchSettings;
  reference: ReferenceFile;
  people: ReferencePeople;
  mapping: CompiledMapping;
  readPerson: PersonReader;
  decided(id: string): readonly RecordDecision[];
}

/** Who a record is, then what it is mapped to with the row of that student beside it, then whose values win. */
export function compileMatchedMap(
  context: MatchContext,
): (id: string, values: readonly string[], joined?: JoinedRows) => MatchedRow {
  const { people, mapping, readPerson } = context;
  const resolve = compileResolution(context);
  const settle = compileSettlement(context);
  const mapUnknown = compileUnknown(context);
  return (id, values, joined) => {
    const resolution = resolve(id, people.matcher.match(readPerson(id, values)));
    if (resolution.kind === 'leave_out') return { kind: 'left_out' };
    if (resolution.kind === 'hold') return mapUnknown({ id, values, joined }, resolution);
    if (resolution.kind === 'update') return settle({ id, values, joined }, resolution);
    const mapped = mapping.map(values, joined);
    if (!Array.isArray(mapped)) return { kind: 'rejected', findings: mapped.findings };
    return { kind: 'mapped', mapped, values: [...mapped], match: { by: resolution.by }, questions: [] };
  };
}

interface RowToMatch {
  id: string;
  values: readonly string[];
  /** What other rows of the student add. */
  joined: JoinedRows | undefined;
}

function compileResolution({ settings, people, decided }: MatchContext) {
  return compileMatchDecision({
    unresolved: settings.unresolved,
    has: people.matcher.has,
    remembered(id) {
      for (const { field, choice, shown } of decided(id))
        if (field === WHO_FIELD && isOfMatch(choice)) return { choice, shown };
      return undefined;
    },
  });
}

function isOfMatch(choice: string): choice is `match:${string}` | 'new' {
  return choice === 'new' || choice.startsWith('match:');
}

function compileSettlement(context: MatchContext) {
  const { reference, people, mapping, file } = context;
  const { targets } = mapping;
  const settle = compileDifferences({
    targets,
    policies: mapping.onDifference,
    overwrite: mapping.overwrite,
    decided: (id, field) => fieldDecision(context.decided(id), field),
  });
  const places = targets.map((target) => reference.mapping.targets.indexOf(target));
  return (
    { id, values, joined }: RowToMatch,
    { id: studentId, by, doubt }: Extract<MatchResolution, { kind: 'update' }>,
  ): MatchedRow => {
    const row = people.rowOf(studentId);
    const beside: JoinedRows = new Map(row && [[reference.name, [row.values]]]);
    const mapped = mapping.map(values, new Map([...(joined ?? []), ...beside]));
    if (!Array.isArray(mapped)) return { kind: 'rejected', findings: mapped.findings };
    const existing = places.map((place) => row?.mapped[place] ?? undefined);
    const settled: SettledRecord = settle(id, mapped, existing);
    const match = { studentId, by, ...(doubt !== undefined && { doubt }) };
    const questions = askDifferences({ file, id, values: mapped, doubt }, settled);
    return { kind: 'mapped', mapped, values: [...settled.values], match, questions };
  };
}

function fieldDecision(decisions: readonly RecordDecision[], field: string): FieldDecision | undefined {
  const decision = decisions.find((one) => one.field === field);
  if (!decision) return undefined;
  const { choice, value, about } = decision;
  if (choice === 'value') return { wins: { value }, about };
  return choice === 'new' || choice === 'keep_existing' ? { wins: choice, about } : undefined;
}

/** What cannot be mapped whoever it is, is rejected; what only the row of the student would fill is blank for now. */
function compileUnknown({ file, mapping, plan, reference }: MatchContext) {
  const { fields } = plan.mapping;
  const isJoined = (target: string) => {
    const field = fields[target];
    return field?.type !== 'do_not_map' && field?.from === reference.name;
  };
  return (
    { id, values, joined }: RowToMatch,
    hold: Extract<MatchResolution, { kind: 'hold' }>,
  ): MatchedRow => {
    const mapped = mapping.map(values, joined);
    if (Array.isArray(mapped))
      return { kind: 'unknown', question: askMatch({ file, id, values: mapped }, hold) };
    const findings = mapped.findings.filter(({ field }) => !isJoined(field));
    if (findings.length > 0) return { kind: 'rejected', findings };
    const shown = mapping
      .explain(values, joined)
      .map((one) => (typeof one.mapped === 'string' ? one.mapped : ''));
    return { kind: 'unknown', question: askMatch({ file, id, values: shown }, hold) };
  };
}
