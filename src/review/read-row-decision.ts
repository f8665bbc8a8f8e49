import { AppError } from '../errors/app-error.ts';
import { type DecisionChoice, WHO_FIELD } from '../vocabulary/memory.ts';
import type { ReviewItem } from '../vocabulary/review.ts';
import type { LocatedRow } from './locate-rows.ts';
import type { Correction } from './read-corrections.ts';
import { allowedWords, readDecision } from './read-decision.ts';

/** What the column `decision` of a row says, beside its corrected cells. */
export type RowDecision =
  | { kind: 'none'; notice?: { code: string; message: string } }
  | { kind: 'error'; error: AppError }
  | { kind: 'decided'; choice: DecisionChoice; notice?: { code: string; message: string } };

export function readRowDecision(row: LocatedRow, corrections: readonly Correction[]): RowDecision {
  const { item, answer } = row.question;
  const cell = row.cell('decision') ?? '';
  const decision = readDecision(cell);
  if (item.choices.length === 0) return readUnasked(row, decision.word);
  if (answer && cell.trim() === answer.choice.trim()) return restate(row, answer.choice, corrections);
  if (decision.word === 'blank') return answer ? { kind: 'none', notice: STAYS } : { kind: 'none' };
  if (decision.word === 'unknown') return refuse(row, 'This is no decision');
  if (decision.word === 'value')
    return corrections.length > 0
      ? { kind: 'none' }
      : refuse(row, 'The decision is value, and no value of this row was changed');
  if (!item.choices.includes(decision.word))
    return refuse(row, `The decision ${decision.word} does not answer this question`);
  if (decision.word === 'match')
    return 'id' in decision ? readMatch(row, decision.id) : refuse(row, 'It does not say whom it matches');
  return settleField(row, decision.word, corrections);
}

const STAYS = { code: 'stays_decided', message: 'A decision that was taken before was blanked: it stays' };
const NOT_RELEASED = {
  code: 'not_released',
  message: 'approve in a row about the run as a whole releases nothing: rosterferry approve RUN does',
};
const NO_CANDIDATE = {
  code: 'no_candidate',
  message: 'The id after match: is none of the candidates that were shown',
};

function restate(row: LocatedRow, choice: DecisionChoice, corrections: readonly Correction[]): RowDecision {
  if (choice === 'value') return { kind: 'none' };
  return choice === 'keep_existing' || choice === 'new'
    ? settleField(row, choice, corrections)
    : { kind: 'decided', choice };
}

/** Of a difference: that the new value wins says the same as a corrected one, that the old one stays does not. */
function settleField(
  row: LocatedRow,
  choice: 'new' | 'leave_out' | 'approve' | 'keep_existing',
  corrections: readonly Correction[],
): RowDecision {
  const { item } = row.question;
  const isCorrected = item.kind === 'difference' && corrections.some(({ field }) => field === item.field);
  if (!isCorrected || choice === 'leave_out' || choice === 'approve') return { kind: 'decided', choice };
  if (choice === 'new') return { kind: 'none' };
  const sentence = 'The decision is keep_existing, and the new value was changed';
  return { kind: 'error', error: new AppError('review_conflict', sentence, { place: row.at('decision') }) };
}

/** Rows about the run as a whole, and about students who are gone: they are there to be read. */
function readUnasked(row: LocatedRow, word: ReturnType<typeof readDecision>['word']): RowDecision {
  const { kind } = row.question.item;
  if (word === 'blank') return { kind: 'none' };
  if (kind === 'safeguard' && word === 'approve') return { kind: 'none', notice: NOT_RELEASED };
  const sentence =
    kind === 'removed'
      ? 'Nobody decides about a student who is gone row by row: there is no record that could be sent'
      : 'This row is about the run as a whole, and no decision of a sheet answers it';
  const hint =
    'Leave it blank; rosterferry approve RUN delivers the run as it is, rosterferry cancel RUN does not.';
  return {
    kind: 'error',
    error: new AppError('review_decision', sentence, { place: row.at('decision'), hint }),
  };
}

function readMatch(row: LocatedRow, id: string): RowDecision {
  const { candidates } = row.question.item;
  const exact = candidates.find((one) => one.id === id || one.id.trim() === id);
  if (exact) return { kind: 'decided', choice: `match:${exact.id}` };
  const alike = candidates.filter((one) => one.id.trim().toLowerCase() === id.toLowerCase());
  const [only] = alike;
  if (only && alike.length === 1) return { kind: 'decided', choice: `match:${only.id}` };
  if (candidates.some((one) => withoutZeros(one.id) === withoutZeros(id)))
    return refuse(row, 'The id after match: is that of a candidate but for its leading zeros');
  return { kind: 'decided', choice: `match:${id}`, notice: NO_CANDIDATE };
}

function withoutZeros(id: string): string {
  return id.trim().toLowerCase().replace(/^0+/, '');
}

function refuse(row: LocatedRow, sentence: string): RowDecision {
  const hint = `Allowed here: ${allowedWords(row.question.item)}.`;
  return {
    kind: 'error',
    error: new AppError('review_decision', sentence, { place: row.at('decision'), hint }),
  };
}

/** The field that a choice is about, or WHO_FIELD; blank where it is about the record as a whole. */
export function fieldOf(item: ReviewItem, choice: DecisionChoice): string {
  if (item.kind === 'match') return choice === 'new' || choice.startsWith('match:') ? WHO_FIELD : '';
  const isOfField =
    item.kind === 'difference' && (choice === 'new' || choice === 'keep_existing' || choice === 'value');
  return isOfField ? item.field : '';
}
