/**
 * Every error code once: what it means, what to do, whether trying again may help, and the exit code that it
 * leads to. docs/error-codes.md is made from this table.
 */
interface CatalogueEntry {
  meaning: string;
  hint: string;
  transient: boolean;
  exit: 1 | 2 | 3 | 4 | 5 | 6 | 7;
}

function entry(
  exit: CatalogueEntry['exit'],
  meaning: string,
  hint: string,
  transient = false,
): CatalogueEntry {
  return { meaning, hint, transient, exit };
}

export const CATALOGUE = {
  defect: entry(
    1,
    'Rosterferry itself is wrong here.',
    'Run it again with --verbose and report the stack trace; nothing was delivered unless the message says so.',
  ),

  usage: entry(2, 'A command was typed in a way that it does not know.', 'See rosterferry --help.'),
  config_missing: entry(
    2,
    'The configuration file, or a file that it names, is not there.',
    'Start with rosterferry init, or name the file with --config FILE.',
  ),
  config_invalid: entry(
    2,
    'The configuration or a mapping says something that is not allowed.',
    'Mend the line that is named; rosterferry schema config and rosterferry schema mapping list what is allowed.',
  ),
  secret_literal: entry(
    2,
    'A secret stands in the configuration itself.',
    'Put it into the environment or a file of mode 0600 and write env:NAME or file:PATH.',
  ),
  secret_missing: entry(
    2,
    'A secret that the configuration refers to is not there.',
    'Set the environment variable or create the file.',
  ),
  unknown_connection: entry(
    2,
    'No connection of this name is configured.',
    'rosterferry status lists the connections.',
  ),
  unknown_run: entry(2, 'No run of this id is in the archive.', 'rosterferry runs lists the runs.'),
  already_exists: entry(
    2,
    'A file that would be written is there already.',
    'Choose an empty folder; nothing was overwritten.',
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
    'Have the file uploaded again; a cut file is never delivered.',
  ),
  not_a_number_of_rows: entry(
    3,
    'The control count in the footer differs from the rows of the file.',
    'Have the file uploaded again.',
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
  destination_missing: entry(
    3,
    'The destination folder is not there.',
    'Create it or mend destination.path.',
  ),
  destination_denied: entry(
    3,
    'The destination does not allow the file to be written.',
    'Give the account the right to write and rename in that folder.',
  ),
  destination_full: entry(
    3,
    'The destination has no space left.',
    'Free space at the destination and run again; no partial file was left.',
    true,
  ),
  delivery_incomplete: entry(
    3,
    'The destination holds other bytes than were sent.',
    'Look at the destination; the temporary file was removed.',
    true,
  ),
  delivery_failed: entry(
    3,
    'The destination refused a step of the delivery.',
    'Look at the sentence for the step and the answer of the server.',
    true,
  ),

  held: entry(4, 'The run waits for a person.', 'rosterferry show RUN says why.'),
  open_run: entry(
    4,
    'An earlier run of this connection still waits for a person.',
    'Decide it first; the drop stays where it is.',
  ),

  archive_altered: entry(
    5,
    'The archive is not as it was sealed.',
    'Compare with a backup; verify names each file.',
  ),

  host_unreachable: entry(6, 'The host cannot be reached.', 'Check host, port and firewall.', true),
  connection_lost: entry(
    6,
    'The connection to the host broke.',
    'Run again; nothing half-written has its final name.',
    true,
  ),
  login_refused: entry(
    6,
    'The host refuses the login.',
    'Check user name and password or key. It was tried once, so as not to lock the account.',
  ),
  host_key_changed: entry(
    6,
    'The host shows another key than the one that is pinned.',
    'Ask the owner of the host, by another way, whether the key was changed; then pin the new one. No credential was sent.',
  ),
  protocol_mismatch: entry(
    6,
    'The host and Rosterferry have no common way to speak.',
    'Ask for an OpenSSH-compatible server with current algorithms.',
  ),

  already_running: entry(
    7,
    'This connection is already running.',
    'Wait for it to end; rosterferry status shows it.',
  ),
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof CATALOGUE;

/** The exit code of a process that is stopped by a signal. */
export const EXIT_BY_SIGNAL = 130;
