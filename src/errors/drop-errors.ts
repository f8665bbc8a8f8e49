import { entry } from './catalogue-entry.ts';

/** What is wrong with a drop, its files, or the books of its run. */
export const DROP_ERRORS = {
  answer_unmatched: entry(
    3,
    'A result file of the importing system answers no delivery that is known.',
    'Look whether it is a file of this connection; rosterferry acknowledge CONNECTION --file PATH --run RUN says which run it answers.',
  ),
  source_missing: entry(
    3,
    'The drop folder is not there.',
    'Create the folder or mend source.path; a missing folder is never taken for an empty one.',
  ),
  source_unreadable: entry(
    3,
    'The drop folder or a file in it cannot be read.',
    'Give the account of Rosterferry the right to read it.',
  ),
  source_changed: entry(
    3,
    'A file changed while it was being fetched.',
    'Wait until the upload has ended; the next run takes it whole.',
    true,
  ),
  source_not_cleared: entry(
    3,
    'A file that was taken cannot be removed or moved at the source.',
    'Give the account the right to do so, or set after: leave; the same bytes are not delivered again.',
  ),
  ambiguous_drop: entry(
    3,
    'More than one file could be the one that is expected.',
    'Make the pattern of the file narrower, or move the file that is not wanted out of the folder.',
  ),
  unsafe_name: entry(3, 'A file has a name that cannot be used safely.', 'Rename the file at the source.'),
  input_missing: entry(3, 'A file that was named for this run is not there.', 'Check the path after --file.'),
  empty_file: entry(
    3,
    'A file has no header.',
    'Ask for the extract to be made again; an empty file is never taken for an empty district.',
  ),
  unreadable_encoding: entry(
    3,
    'The bytes of a file are not text in the encoding that was named or recognised.',
    'Set read.encoding in the mapping, or have the extract exported as UTF-8.',
  ),
  missing_column: entry(
    3,
    'A column that the mapping uses is not in the header.',
    'Mend the name in the mapping, or have the column put back into the extract.',
  ),
  duplicate_column: entry(
    3,
    'A column that the mapping uses is in the header more than once.',
    'Have the extract exported with one column of that name.',
  ),
  unclosed_quote: entry(
    3,
    'A quoted field is opened and never closed.',
    'Mend the quote at the place that is named and drop the file again.',
  ),
  malformed_quote: entry(
    3,
    'A quote stands where the format does not allow one.',
    'Quotes inside a field are doubled inside a quoted field; mend the extract, or set read.quote in the mapping.',
  ),
  record_too_long: entry(
    3,
    'A row or a field is longer than any real one.',
    'Look for an unclosed quote or a missing line end at the place that is named.',
  ),
  too_many_columns: entry(
    3,
    'The header has more columns than any real extract.',
    'Check read.delimiter and the first line of the file.',
  ),
  truncated_file: entry(
    3,
    'The file ends in the middle of a row.',
    'Have the file uploaded again; a cut file is never delivered. Where its last line is a footer, say so with read.footer of the mapping.',
  ),
  not_a_number_of_rows: entry(
    3,
    'The control count in the footer differs from the rows of the file.',
    'Have the file uploaded again.',
  ),
  rows_after_footer: entry(
    3,
    'Rows stand behind the footer of a file.',
    'Check read.footer in the mapping; a file that was put together from two is dropped as two.',
  ),
  out_of_balance: entry(
    3,
    'The totals of the run do not add up, so it was stopped before delivery.',
    'This is a defect of Rosterferry: please report it with the run folder.',
  ),
  safeguard: entry(
    3,
    'A safeguard was breached and on_breach is fail.',
    'Look at the report; mend the extract or raise the limit.',
  ),
  not_writable: entry(
    3,
    'The outbound file has no way to hold a value that was delivered before.',
    'Mend write in the mapping, such as its encoding, quotes or lengths, or the value that reconcile.removed sets.',
  ),
  output_collision: entry(
    3,
    'Two outbound files of a run would have one name.',
    'Mend the school codes in the extract, or write another name under write.file of the mapping.',
  ),
  local_disk_full: entry(
    3,
    'The disk under the archive is full.',
    'Free space; the drop is whole and can be run again.',
    true,
  ),
  local_io: entry(
    3,
    'A file under the archive cannot be read or written.',
    'Check the disk and the rights of the folder that is named.',
  ),
} as const;
