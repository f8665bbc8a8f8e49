import type { Standing } from '../vocabulary/standing.ts';
import { ENTRY_PLACES, openEntryRoom, writeEntry } from './entry-bytes.ts';
import type { RollEntry } from './roll-entry.ts';

/** What the entries of all carried students who stand alike have in common. */
export interface EntryTemplate {
  /** Up to its texts: the row, the line, the outbound text, the keys and the hashes are still to be put in. */
  entry: Buffer;
  /** What follows the id among its texts, where the student had no other id before. */
  tail: Buffer;
  /** The same in front of the id that the student had before. */
  longTail: Buffer;
}

const NOWHERE = { offset: 0, length: 0 };
const NO_TEXTS = { key: '', content: '', mapped: '' };
const MOST_BYTES = 4096;

export function entryTemplate(standing: Standing): EntryTemplate {
  const write = (previousId: string): Buffer => {
    const entry: RollEntry = {
      ...{ row: 0, line: 0, id: '', verdict: { kind: 'carried' }, standing, previousId },
      ...{ outbound: NOWHERE, exceptions: NOWHERE },
    };
    const room = openEntryRoom(MOST_BYTES);
    return room.bytes.subarray(0, writeEntry(room, 0, entry, NO_TEXTS));
  };
  const short = write('');
  const previous = 'x';
  return {
    entry: short.subarray(0, ENTRY_PLACES.texts),
    tail: short.subarray(ENTRY_PLACES.texts),
    longTail: write(previous).subarray(ENTRY_PLACES.texts, -previous.length),
  };
}
