import { AppError, type Place } from '../errors/app-error.ts';
import { type DecisionChoice, type RecordDecision, WHO_FIELD } from '../vocabulary/memory.ts';
import { type AskedQuestion, answeredField, mappedValue, type Questions } from './compile-questions.ts';

/** A decision with what it changed, for the report: values, or for a record the decision before and now. */
export interface TakenDecision extends RecordDecision {
  before: string;
  after: string;
}

/** Who hands a sheet in. */
export interface Reviewer {
  by: string;
  /** ISO 8601 with offset. */
  at: string;
  /** For rows that give none; blank where there is none. */
  reason: string;
}

export interface GivenReason {
  text: string;
  /** It is not the one that was exported. */
  isNew: boolean;
}

/** What one cell of a sheet decides. */
export interface Said {
  question: AskedQuestion;
  reason: GivenReason;
  place: Place;
  choice: DecisionChoice;
  field: string;
  value: string;
}

export interface GatheredDecisions {
  /** Answers with the mistake where an earlier cell says otherwise about the same. */
  add(one: Said): AppError[];
  close(): { taken: TakenDecision[]; restated: TakenDecision[]; openCount: number };
}

interface Kept {
  decision: TakenDecision;
  isNew: boolean;
  line: number | undefined;
}

/** Gathers what the rows say, once for each record and field, and tells what is new of it. */
export function openGathering(questions: Questions, reviewer: Reviewer): GatheredDecisions {
  const said = new Map<string, Kept>();
  return {
    add(one) {
      const { question, choice, field, place } = one;
      const { file, id } = question.item;
      const known = questions.decided(file, id, field);
      const decision = decisionOf(one, known, reviewer);
      const name = JSON.stringify([file, id, field]);
      const earlier = said.get(name);
      if (earlier && !isSameDecision(earlier.decision, decision)) {
        const what = isOfRecord(field) ? 'record' : 'field of the same record';
        const sentence = `This says otherwise than line ${earlier.line}, which is about the same ${what}`;
        return [new AppError('review_conflict', sentence, { place })];
      }
      if (earlier?.isNew) return [];
      const isAnswer = known !== undefined && (known === question.answer || choice === 'value');
      const isInForce = isAnswer && isSameDecision(known, decision) && !one.reason.isNew;
      const { before, after } = decision;
      const kept = isInForce ? { ...known, before, after } : decision;
      said.set(name, { decision: kept, isNew: !isInForce, line: place.line });
      return [];
    },
    close() {
      const all = [...said.values()];
      return {
        taken: all.filter(({ isNew }) => isNew).map(({ decision }) => decision),
        restated: all.filter(({ isNew }) => !isNew).map(({ decision }) => decision),
        openCount: questions.asked.filter((one) => isOpen(one, said)).length,
      };
    },
  };
}

function isOpen({ item, answer }: AskedQuestion, said: ReadonlyMap<string, Kept>): boolean {
  if (item.choices.length === 0 || answer !== undefined) return false;
  const { file, id } = item;
  if (said.has(JSON.stringify([file, id, answeredField(item)]))) return false;
  // A record that is not sent has no open fields.
  return said.get(JSON.stringify([file, id, '']))?.decision.choice !== 'leave_out';
}

function decisionOf(one: Said, known: RecordDecision | undefined, reviewer: Reviewer): TakenDecision {
  const { question, choice, field, value } = one;
  const { item } = question;
  const mapped = isOfRecord(field) ? '' : mappedValue(question, field);
  const shown = choice === 'new' && field === WHO_FIELD ? item.candidates.map(({ id }) => id) : [];
  const { by, at } = reviewer;
  const reason = one.reason.text === '' ? reviewer.reason : one.reason.text;
  // A run that was drafted with a correction shows the corrected value; the mapping still makes the one before it.
  const about = known?.choice === 'value' && known.value === mapped ? known.about : mapped;
  return {
    ...{ file: item.file, id: item.id, field, choice, value, about, shown, by, at, reason },
    ...changeOf(one, { mapped, known }),
  };
}

function changeOf(
  { question: { item }, choice, field, value }: Said,
  { mapped, known }: { mapped: string; known: RecordDecision | undefined },
): { before: string; after: string } {
  if (isOfRecord(field)) return { before: known?.choice ?? '', after: choice };
  if (choice === 'value') return { before: mapped, after: value };
  if (choice === 'keep_existing') return { before: mapped, after: item.existing };
  return { before: item.existing, after: mapped };
}

function isOfRecord(field: string): boolean {
  return field === '' || field === WHO_FIELD;
}

function isSameDecision(one: RecordDecision, other: RecordDecision): boolean {
  return one.choice === other.choice && one.value === other.value && one.about === other.about;
}
