import { entry } from './catalogue-entry.ts';

/** What is wrong with the memory of what was delivered. */
export const LEDGER_ERRORS = {
  ledger_younger: entry(
    3,
    'The ledger lacks runs that the archive beside it has, or is of another history: what was delivered is not known.',
    'Run rosterferry rebuild: it makes the ledger anew from the sealed runs of the archive.',
  ),
  ledger_damaged: entry(
    3,
    'The ledger is damaged.',
    'Run rosterferry rebuild: it makes the ledger anew from the sealed runs of the archive.',
  ),
  not_a_ledger: entry(
    2,
    'The file that is to be the ledger is a database of another program.',
    'Name another file under ledger.path.',
  ),
  ledger_newer: entry(
    3,
    'The ledger was written by a newer version of Rosterferry.',
    'Go on with that version, or run rosterferry rebuild to make the ledger anew for this one.',
  ),
  ledger_in_use: entry(
    7,
    'Another process has the ledger.',
    'Wait for it to end, or stop it; for rosterferry rebuild the daemon has to be stopped.',
    true,
  ),
  destroyed: entry(
    3,
    'What is asked for was destroyed by retention.',
    'rosterferry verify lists what was destroyed, when and by which rule. It cannot be brought back.',
  ),
  memory_unreadable: entry(
    3,
    'What a sealed run remembers cannot be read.',
    'rosterferry verify names what was altered; put the folder of that run back from a backup.',
  ),
} as const;
