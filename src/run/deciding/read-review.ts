import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { asReviewEntry } from '../../review/review-entry.ts';
import { REVIEW_FILE, type ReviewEntry } from '../../vocabulary/review.ts';

/**
 * What a run asks: the entries of its review.ndjson. Empty where the run wrote none, as one that failed early.
 * Throws memory_unreadable with the number of the line and never with what stands in it, and local_io.
 */
export async function readReview(folderPath: string): Promise<ReviewEntry[]> {
  const path = join(folderPath, REVIEW_FILE);
  const entries: ReviewEntry[] = [];
  let line = 0;
  for await (const text of readLines(path)) {
    line++;
    const entry = asReviewEntry(parse(text));
    if (!entry)
      throw new AppError('memory_unreadable', `Line ${line} of ${path} is no question`, {
        place: { file: path, line },
      });
    entries.push(entry);
  }
  return entries;
}

/** Parted at new lines alone: readline also parts at U+2028, which may stand in a value. */
async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const text of createReadStream(path, { encoding: 'utf8' })) {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (cause) {
    if (errnoOf(cause) !== 'ENOENT') throw diskError(`Cannot read ${path}`, cause);
  }
  if (rest !== '') yield rest;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
