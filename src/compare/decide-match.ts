import type { Candidate, MatchAnswer } from './match-people.ts';

/** What a person once decided about a record. */
export interface RememberedMatch {
  choice: `match:${string}` | 'new' | 'leave_out';
  /**
   * For `new`: the ids of those who were shown and refused, so that somebody who turns up later is a new
   * question. Where it was not kept, the decision stands against everybody.
   */
  shown?: readonly string[];
}

export type MatchResolution =
  /** Of the student `id` of the other side. */
  | { kind: 'update'; id: string; by: 'identify' | 'decision'; doubt?: string }
  | { kind: 'create'; by: 'no_likeness' | 'decision' }
  | { kind: 'leave_out'; by: 'decision' }
  /** A person decides. `why` has no value; the candidates are for the review. */
  | { kind: 'hold'; holds: 'record' | 'run'; why: string; candidates: readonly Candidate[] };

export interface DecideOptions {
  unresolved: 'hold_record' | 'hold_run';
  /** What was decided about the record of this id, if anything. */
  remembered: (recordId: string) => RememberedMatch | undefined;
  /** Whether the other side still has a student of this id. */
  has: (id: string) => boolean;
}

/**
 * What becomes of a record that was matched: remembered decisions first, then the identify columns, then a
 * person. A decision that no longer fits what the other side has is asked again, never bent.
 */
export function compileMatchDecision(
  options: DecideOptions,
): (recordId: string, answer: MatchAnswer) => MatchResolution {
  const { remembered, has } = options;
  const holds = options.unresolved === 'hold_run' ? 'run' : 'record';
  const hold = (why: string, answer: MatchAnswer): MatchResolution => ({
    kind: 'hold',
    holds,
    why,
    candidates: answer.kind === 'potential' ? answer.candidates : [],
  });
  return (recordId, answer) => {
    const decided = remembered(recordId);
    if (decided?.choice === 'leave_out') return { kind: 'leave_out', by: 'decision' };
    if (decided && decided.choice !== 'new') {
      const id = decided.choice.slice(MATCH.length);
      if (!has(id)) return hold(GONE, answer);
      return answer.kind === 'identified' && answer.id !== id
        ? hold(CONTRADICTED, { kind: 'potential', candidates: bothOf(id, answer.id) })
        : { kind: 'update', id, by: 'decision' };
    }
    // Who was created by a decision is at the other side tomorrow, under the id that identifies them.
    if (answer.kind === 'identified')
      return {
        kind: 'update',
        id: answer.id,
        by: 'identify',
        ...(answer.doubt !== undefined && { doubt: answer.doubt }),
      };
    if (answer.kind === 'none') return { kind: 'create', by: decided ? 'decision' : 'no_likeness' };
    if (!decided) return hold(answer.candidates.length > 1 ? SEVERAL : ONE, answer);
    const { shown } = decided;
    const isAnswered = shown === undefined || answer.candidates.every(({ id }) => shown.includes(id));
    return isAnswered ? { kind: 'create', by: 'decision' } : hold(SOMEBODY_NEW, answer);
  };
}

const MATCH = 'match:';
const ONE = 'A student of the other side is like this one; a person decides whether they are the same.';
const SEVERAL = 'Several students of the other side are like this one; a person decides who it is.';
const SOMEBODY_NEW =
  'It was decided that this student is new, but since then another likely match has appeared.';
const GONE = 'The student to whom this record was matched is no longer at the other side.';
const CONTRADICTED = 'It was decided that this record is one student, but its id is now that of another.';

function bothOf(decided: string, identified: string): Candidate[] {
  return [
    { id: decided, score: 100, why: [{ code: 'decided', words: 'decided before' }] },
    { id: identified, score: 100, why: [{ code: 'same_id', words: 'same id' }] },
  ];
}
