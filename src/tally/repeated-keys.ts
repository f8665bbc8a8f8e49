import { CONTENT_AT, KEY_AT } from './entry-bytes.ts';
import { isBlankKey } from './key-bytes.ts';
import { openKeyTable } from './key-table.ts';
import { openRepeats, type Repeats } from './repeats.ts';

/**
 * Which keys more than one row has, and whether they say the same: twelve bytes for each record of the last delivery, and the
 * keys of those whom nobody had.
 */
export interface RepeatedKeys {
  /** @param number the record of the student whose key it is, or -1 @param at where the entry of the row begins */
  note(number: number, row: number, view: DataView, at: number): void;
  /** Rows of strangers that were too many to be held at once, and of whose keys nothing is known; 0 where they were not. */
  untold(): number;
  /** Of all keys but those. */
  settle: Repeats['settle'];
}

const FIRST_STRANGERS = 1024;
/** In 40 MB. */
const MOST_STRANGERS = 1_000_000;

/** @param records of the last delivery */
export function openRepeatedKeys(records: number): RepeatedKeys {
  const known = openRepeats(records);
  let strangers = openKeyTable(FIRST_STRANGERS);
  let strange = openRepeats(FIRST_STRANGERS);
  let rowsOfStrangers = 0;
  let isUntold = false;

  function meetStranger(row: number, view: DataView, at: number): void {
    rowsOfStrangers++;
    if (isUntold) return;
    const stranger = strangers.put(view, at + KEY_AT);
    strange.meet(stranger, row, view, at + CONTENT_AT);
    if (stranger < MOST_STRANGERS) return;
    isUntold = true;
    strangers = openKeyTable(0);
    strange = openRepeats(0);
  }

  return {
    untold: () => (isUntold ? rowsOfStrangers : 0),
    note(number, row, view, at) {
      if (isBlankKey(view, at + KEY_AT)) return;
      if (number >= 0) known.meet(number, row, view, at + CONTENT_AT);
      else meetStranger(row, view, at);
    },
    settle(revisions, codes) {
      known.settle(revisions, codes);
      strange.settle(revisions, codes);
    },
  };
}
