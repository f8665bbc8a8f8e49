import { lstat } from 'node:fs/promises';
import { AppError } from '../../errors/app-error.ts';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { writeWhole } from '../../files/write-whole.ts';
import { renderLines } from '../../report/csv-lines.ts';
import { buildSheet } from '../../review/build-sheet.ts';
import type { Questions } from '../../review/compile-questions.ts';

/** By this mark Excel knows that a CSV is UTF-8; without it José becomes JosÃ©. */
const MARK = '\ufeff';

/** The sheet of a run as CSV that spreadsheets open right: UTF-8 with its mark, commas, CRLF. */
export function renderReview(questions: Questions): string {
  return `${MARK}${renderLines([...buildSheet(questions)])}`;
}

/**
 * Writes the sheet, whole and readable by its owner alone. Throws already_exists: the file that is there may be half
 * filled in by somebody.
 * @param shown how errors name the file
 */
export async function exportReview(questions: Questions, path: string, shown = path): Promise<void> {
  await refuseExisting(path, shown);
  await writeWhole(path, renderReview(questions));
}

async function refuseExisting(path: string, shown: string): Promise<void> {
  try {
    await lstat(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return;
    throw diskError(`Cannot look for ${shown}`, cause);
  }
  throw new AppError('already_exists', `${shown} is there already`, {
    place: { file: shown },
    hint: 'Name another file: somebody may have filled this one in. Nothing was overwritten.',
  });
}
