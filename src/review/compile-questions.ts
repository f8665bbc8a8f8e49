import { type RecordDecision, WHO_FIELD } from '../vocabulary/memory.ts';
import type { ReviewEntry, ReviewItem } from '../vocabulary/review.ts';
import { printOf, questionName } from './question-key.ts';

export interface ReviewOfRun {
  run: string;
  /** When the run began, ISO 8601 with offset: a question that it asks was not answered by what was decided before. */
  startedAt: string;
  entries: Iterable<ReviewEntry>;
  /** In force for the connection. */
  decisions: readonly RecordDecision[];
}

/** One question with all that a row of the sheet shows of it. */
export interface AskedQuestion {
  item: ReviewItem;
  /** See question-key.ts. */
  name: string;
  number: number;
  print: string;
  /** Target fields of its file, in the order of `item.values`. */
  targets: readonly string[];
  /** What was decided about it already, if anything. */
  answer: RecordDecision | undefined;
  /** The values that are shown: those of the item, or what a person made of them. */
  shown: readonly string[];
}

export interface Questions {
  run: string;
  /** Of the files that something is asked about, each once, in file order. */
  targets: readonly string[];
  asked: readonly AskedQuestion[];
  byName: ReadonlyMap<string, AskedQuestion>;
  /** What was decided about a record, or about one field of it. */
  decided(file: string, id: string, field: string): RecordDecision | undefined;
}

/** Puts together what a run asks and what was answered. The `file` entry of a file may stand anywhere. */
export function compileQuestions(review: ReviewOfRun): Questions {
  const targets = new Map<string, readonly string[]>();
  const items: ReviewItem[] = [];
  for (const entry of review.entries)
    if (entry.kind === 'file') targets.set(entry.file, entry.targets);
    else items.push(entry.item);
  const decisions = new Map(review.decisions.map((one) => [nameOf(one.file, one.id, one.field), one]));
  const decided: Questions['decided'] = (file, id, field) => decisions.get(nameOf(file, id, field));
  const sinceMs = Date.parse(review.startedAt);
  const numbers = new Map<string, number>();
  const asked = items.map((item): AskedQuestion => {
    const first = questionName({ ...item, number: 1 });
    const number = (numbers.get(first) ?? 0) + 1;
    numbers.set(first, number);
    const ofFile = targets.get(item.file) ?? [];
    return {
      item,
      number,
      name: questionName({ ...item, number }),
      print: printOf(item),
      targets: ofFile,
      answer: answerOf(item, { decided, sinceMs }),
      shown: shownValues(item, ofFile, decided),
    };
  });
  const files = new Set(items.map(({ file }) => file));
  return {
    run: review.run,
    targets: [...new Set([...targets].flatMap(([file, fields]) => (files.has(file) ? fields : [])))],
    asked,
    byName: new Map(asked.map((one) => [one.name, one])),
    decided,
  };
}

/** The value that the mapping made of a field, as the question shows it. */
export function mappedValue({ item, targets }: AskedQuestion, field: string): string {
  return item.values[targets.indexOf(field)] ?? '';
}

function nameOf(...parts: readonly string[]): string {
  return JSON.stringify(parts);
}

function answerOf(
  item: ReviewItem,
  known: { decided: Questions['decided']; sinceMs: number },
): RecordDecision | undefined {
  if (item.choices.length === 0) return undefined;
  const isSince = (one: RecordDecision) => item.kind === 'left_out' || Date.parse(one.at) >= known.sinceMs;
  const field = answeredField(item);
  const ofField = field === '' ? undefined : known.decided(item.file, item.id, field);
  const ofRecord = known.decided(item.file, item.id, '');
  // That the record is not sent answers every row about it; that it is approved, only the row that asks for that.
  const isForRow = field === '' || ofRecord?.choice === 'leave_out';
  const answers = [ofField, isForRow ? ofRecord : undefined].filter(
    (one) => one !== undefined && isSince(one),
  );
  return answers.toSorted((one, other) => Date.parse(other?.at ?? '') - Date.parse(one?.at ?? ''))[0];
}

/** Under which field a question is answered: that of a difference, who a record is, or blank. */
export function answeredField({ kind, field }: { kind: string; field: string }): string {
  return kind === 'match' ? WHO_FIELD : field;
}

/** A correction stands as long as the mapping makes the value that it was about. */
function shownValues(
  item: ReviewItem,
  targets: readonly string[],
  decided: Questions['decided'],
): readonly string[] {
  if (item.choices.length === 0) return item.values;
  return item.values.map((value, at) => {
    const correction = decided(item.file, item.id, targets[at] ?? '');
    return correction?.choice === 'value' && correction.about === value ? correction.value : value;
  });
}
