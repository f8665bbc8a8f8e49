import { entry } from './catalogue-entry.ts';

/** What is wrong with a review sheet that was filled in and handed back. Nothing of such a sheet is taken. */
export const REVIEW_ERRORS = {
  review_unreadable: entry(
    2,
    'The filled review sheet cannot be read.',
    'Save it as CSV, best as CSV UTF-8, and import that file; nothing was taken.',
  ),
  review_column: entry(
    2,
    'The filled review sheet lacks a column that is needed, or has one twice.',
    'Export the sheet again and copy the decisions over; nothing was taken.',
  ),
  review_row: entry(
    2,
    'A row of the review sheet belongs to no question of this run.',
    'Delete the row, or export the sheet again; nothing was taken.',
  ),
  review_id: entry(
    2,
    'A row of the review sheet no longer says which record it is about.',
    'Put the cell back as it was exported; nothing was taken.',
  ),
  review_decision: entry(
    2,
    'A decision of the review sheet is not allowed in its row.',
    'Write one of the decisions that the error names; nothing was taken.',
  ),
  review_value: entry(
    2,
    'A value of the review sheet was changed where it cannot be, or into what cannot be meant.',
    'Put the cell back as it was exported, or write the value as text; nothing was taken.',
  ),
  review_conflict: entry(
    2,
    'Two cells of the review sheet decide differently about the same thing.',
    'Make them say the same, or leave one as it was exported; nothing was taken.',
  ),
  review_stale: entry(
    2,
    'A question of the review sheet was answered, or is asked otherwise, since the sheet was exported.',
    'Export the sheet again; nothing was taken.',
  ),
} as const;
