import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { isThere } from '../../archive/read-entries.ts';
import { refuseUnseal } from '../../archive/unseal-files.ts';
import { encryptedName } from '../../encryption/encrypted-name.ts';
import { AppError } from '../../errors/app-error.ts';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { asReviewEntry } from '../../review/review-entry.ts';
import { REVIEW_FILE, type ReviewEntry } from '../../vocabulary/review.ts';

/**
 * What a run asks: the entries of its review.ndjson. Empty where the run wrote none, as one that failed early.
 * Throws memory_unreadable with the number of the line and never with what stands in it, local_io, and where the run is
 * sealed encrypted, what unsealing throws.
 */
export async function readReview(folderPath: string, unseal = refuseUnseal): Promise<ReviewEntry[]> {
  if (!(await isThere(join(folderPath, encryptedName(REVIEW_FILE, 'age')))))
    return readQuestions(join(folderPath, REVIEW_FILE));
  await using files = await unseal(folderPath, (path) => path === REVIEW_FILE);
  return await readQuestions(join(files.folder, REVIEW_FILE));
}

async function readQuestions(path: string): Promise<ReviewEntry[]> {
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
