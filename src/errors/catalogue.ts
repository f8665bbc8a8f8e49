/**
 * Every error code once: what it means, what to do, whether trying again may help, and the exit code that it
 * leads to. docs/error-codes.md is made from this table.
 */
import { type CatalogueEntry, entry } from './catalogue-entry.ts';
import { DESTINATION_ERRORS } from './destination-errors.ts';
import { DROP_ERRORS } from './drop-errors.ts';
import { ENCRYPTION_ERRORS } from './encryption-errors.ts';
import { LEDGER_ERRORS } from './ledger-errors.ts';
import { REVIEW_ERRORS } from './review-errors.ts';
import { UNWRAP_ERRORS } from './unwrap-errors.ts';

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
    'Create the file, readable for the account of Rosterferry alone, or mend the path.',
  ),
  private_key_unusable: entry(
    2,
    'A private key cannot be read.',
    'Check private_key and passphrase; ssh-keygen -y -f FILE shows whether the key opens.',
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

  ...DROP_ERRORS,
  ...UNWRAP_ERRORS,
  ...ENCRYPTION_ERRORS,
  ...DESTINATION_ERRORS,
  ...LEDGER_ERRORS,
  ...REVIEW_ERRORS,

  held: entry(4, 'The run waits for a person.', 'rosterferry show RUN says why; then approve or cancel it.'),
  not_held: entry(
    2,
    'A decision was given about a run that does not wait for one.',
    'rosterferry status shows which run is open.',
  ),
  draft_altered: entry(
    3,
    'A drafted file is not the one that was held, so the approval is not for it.',
    'Cancel the run with rosterferry cancel and run the drop again; nothing was delivered.',
  ),
  open_run: entry(
    4,
    'An earlier run of this connection still waits for a person.',
    'Approve or cancel it first; the drop stays where it is.',
  ),

  console_unavailable: entry(
    2,
    'The address of the console cannot be listened at. Runs go on without it.',
    'Free the port, or write another address under console.listen; kill -HUP has the daemon try again.',
  ),
  notify_failed: entry(
    3,
    'An e-mail or a call of a webhook did not arrive. No run depends on it.',
    'Mend mail in rosterferry.yaml, or the address; the daemon and the next run try again for three days.',
    true,
  ),

  archive_altered: entry(
    5,
    'The archive is not as it was sealed.',
    'Compare with a backup; verify names each file.',
  ),

  daemon_running: entry(
    7,
    'Another daemon serves this archive.',
    'Stop that process first, or leave the work to it; kill -HUP has it read a changed configuration.',
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
