import { PLAIN_CHOICES } from '../vocabulary/memory.ts';
import type { ReviewItem } from '../vocabulary/review.ts';

/** What a cell of the column `decision` says, whatever it may say there. */
export type DecisionWord =
  | { word: 'blank' }
  | { word: 'match'; id: string }
  | { word: ReviewItem['choices'][number] }
  | { word: 'unknown' };

const WORDS: ReadonlySet<string> = new Set(PLAIN_CHOICES);

/** In any case, with blanks around it; `leave out` and `leave-out` are `leave_out`. */
export function readDecision(cell: string): DecisionWord {
  const text = cell.trim();
  if (text === '') return { word: 'blank' };
  const id = /^match\s*:\s*(\S.*)$/isu.exec(text)?.[1];
  if (id !== undefined) return { word: 'match', id };
  const word = text.toLowerCase().replaceAll(/[\s-]+/g, '_');
  return isWord(word) ? { word } : { word: 'unknown' };
}

function isWord(word: string): word is Exclude<ReviewItem['choices'][number], 'match'> {
  return WORDS.has(word);
}

/** `match:ID (an ID of the column candidates), new, leave_out, or blank` */
export function allowedWords({ choices }: ReviewItem): string {
  const words = choices.map((choice) =>
    choice === 'match' ? 'match:ID (an ID of the column candidates)' : choice,
  );
  return words.length === 0 ? 'nothing: leave it blank' : `${words.join(', ')}, or blank`;
}
