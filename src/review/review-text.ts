import { studentOf } from '../vocabulary/memory.ts';
import type { ReviewKind } from '../vocabulary/review.ts';
import type { AskedQuestion, Questions } from './compile-questions.ts';
import { KIND_MEANINGS } from './review-columns.ts';

/** How a line is meant, so that a terminal may colour it. */
export type ReviewRole = 'heading' | 'plain' | 'waits' | 'soft';

export interface ReviewLine {
  role: ReviewRole;
  /** Spaces before it, and before each further line where it is too long. */
  indent: number;
  /** May have values of a student, as they came from outside. */
  text: string;
}

const TITLES: Readonly<Record<ReviewKind, string>> = {
  safeguard: 'about the run as a whole',
  match: 'potential matches',
  difference: 'fields that differ',
  reactivated: 'active again',
  removed: 'gone or left out',
  left_out: 'left out by a decision',
};

/** So many questions of each kind are shown; all of them stand in the sheet. */
const SHOWN = 5;

/** The questions of a run by kind, with counts and the first few of each. */
export function renderReviewText({ asked }: Questions): ReviewLine[] {
  return kindsOf(asked).flatMap(([kind, questions]) => {
    const answered = questions.filter(({ answer }) => answer !== undefined).length;
    const more = questions.length - SHOWN;
    const counts = [String(questions.length), ...(answered > 0 ? [`${answered} decided`] : [])].join(', ');
    return [
      { role: 'heading', indent: 0, text: `${capital(TITLES[kind])} (${kind}): ${counts}` },
      { role: 'soft', indent: 2, text: KIND_MEANINGS[kind] },
      ...questions.slice(0, SHOWN).flatMap(questionLines),
      ...(more > 0 ? [{ role: 'soft', indent: 2, text: `... and ${more} more` } as const] : []),
      { role: 'plain', indent: 0, text: '' },
    ];
  });
}

/** How many questions there are of each kind that is asked. */
export function countKinds({ asked }: Questions): Record<string, number> {
  return Object.fromEntries(kindsOf(asked).map(([kind, questions]) => [kind, questions.length]));
}

function kindsOf(asked: readonly AskedQuestion[]): [ReviewKind, AskedQuestion[]][] {
  const kinds = Object.keys(TITLES).filter((kind): kind is ReviewKind => Object.hasOwn(KIND_MEANINGS, kind));
  return kinds
    .map((kind): [ReviewKind, AskedQuestion[]] => [kind, asked.filter(({ item }) => item.kind === kind)])
    .filter(([, questions]) => questions.length > 0);
}

function questionLines(question: AskedQuestion): ReviewLine[] {
  const { item, answer } = question;
  return [
    { role: item.holdsRun ? 'waits' : 'plain', indent: 2, text: headline(question) },
    ...item.candidates.map(({ id, score, why }): ReviewLine => {
      return { role: 'plain', indent: 6, text: `${id}: ${score}${why === '' ? '' : `, ${why}`}` };
    }),
    ...(item.kind === 'difference' ? sides(question) : []),
    ...(answer
      ? [
          {
            role: 'soft',
            indent: 6,
            text: `decided: ${answer.choice}, by ${answer.by}, ${answer.at}`,
          } as const,
        ]
      : []),
  ];
}

function headline({ item }: AskedQuestion): string {
  const subject = [item.file, studentOf(item.id), item.field].filter((part) => part !== '').join(' ');
  return subject === '' ? item.why : `${subject}: ${item.why}`;
}

function sides({ item, targets, shown }: AskedQuestion): ReviewLine[] {
  return [
    { role: 'plain', indent: 6, text: `existing: ${item.existing}` },
    { role: 'plain', indent: 6, text: `new: ${shown[targets.indexOf(item.field)] ?? ''}` },
  ];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
