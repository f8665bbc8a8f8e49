import { AppError, type Place } from '../../errors/app-error.ts';
import { errnoOf } from '../../files/disk-error.ts';
import { openInput } from '../../parse/open-input.ts';
import { readSchema } from '../../parse/schema.ts';
import type { FilledRow, FilledSheet } from '../../review/locate-rows.ts';
import { REVIEW_COLUMNS } from '../../review/review-columns.ts';

/**
 * A filled review sheet as a spreadsheet saved it: in any usual encoding, with commas, semicolons, tabs or bars.
 * @param shown how errors name the file
 * Throws review_unreadable.
 */
export async function readSheet(path: string, shown = path): Promise<FilledSheet> {
  const rows: FilledRow[] = [];
  try {
    const read = readSchema.parse({});
    const input = await openInput({ path, file: shown, read, wanted: Object.keys(REVIEW_COLUMNS) });
    for await (const batch of input.batches())
      for (const { line, values } of batch) rows.push({ line, cells: values });
    return { file: shown, encoding: input.encoding, columns: input.header.columns, rows };
  } catch (cause) {
    throw unreadable(shown, cause);
  }
}

/** In a drop these are faults of a run; of a sheet, they are mistakes of the command. */
function unreadable(file: string, cause: unknown): unknown {
  if (!(cause instanceof AppError)) return cause;
  const place: Place = cause.place ?? { file };
  if (errnoOf(cause.cause) === 'ENOENT')
    return new AppError('review_unreadable', 'There is no such file', {
      place: { file },
      hint: 'Name the sheet that was filled in.',
      cause,
    });
  return new AppError('review_unreadable', cause.message, { place, cause });
}
