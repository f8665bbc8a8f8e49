import type { DatabaseSync } from 'node:sqlite';
import { readChanges } from './layouts.ts';
import type { FieldChange } from './ledger.ts';
import { prepareQuery, type Row } from './query.ts';

/** How a record stands after something was told of it. */
export interface Standing {
  /** The run, by its place among all. */
  seq: number;
  /** A whole file that goes out from now on has a row of it. */
  isKnown: boolean;
  /** A row of it went out with what was told; a link alone sends none. */
  isSent: boolean;
}

/** What was told of a record, in the words of a touch; `returned` is the one that leaves no touch. */
interface Told {
  seq: number;
  change: string;
  note: string;
  changes: readonly FieldChange[];
}

/** The link at which the life of one id went on under another. */
interface LinkTouch {
  seq: number;
  to: string;
}

/** Every standing of an id of a file, the oldest first. */
export function openStandings(database: DatabaseSync): (file: number, id: string) => readonly Standing[] {
  const touches = prepareQuery(
    database,
    `SELECT seq, change, note, fields FROM all_touches WHERE file = ? AND id = ?
     ORDER BY seq, fields IS NOT NULL, touch`,
  );
  const returns = prepareQuery(
    database,
    `SELECT seq, presence, '', NULL FROM presences WHERE file = ? AND id = ? AND presence = 'returned'`,
  );
  function allTold(file: number, id: string): Told[] {
    const rows = [...touches.all(file, id), ...returns.all(file, id)];
    return rows.map(toTold).sort((one, other) => one.seq - other.seq);
  }

  function walk(file: number, id: string, until?: LinkTouch): Standing[] {
    const standings: Standing[] = [];
    for (const told of allTold(file, id)) {
      const { seq, change, note } = told;
      const isLink = change === 'linked';
      if (isLink && seq === until?.seq && note === until.to) break;
      const wasKnown = standings.at(-1)?.isKnown ?? false;
      // What was linked was written down under the other id before it was under this one, so this comes to an end.
      const isOtherKnown = () => walk(file, note, { seq, to: id }).at(-1)?.isKnown ?? false;
      const isKnown = isLink ? isKnownAfterLink(told, wasKnown, isOtherKnown) : change !== 'removed';
      standings.push({ seq, isKnown, isSent: !isLink && change !== 'removed' && change !== 'returned' });
    }
    return standings;
  }
  return (file, id) => walk(file, id);
}

function toTold([seq, change, note, fields]: Row): Told {
  return {
    seq: Number(seq),
    change: String(change),
    note: String(note),
    changes: readChanges(String(fields ?? '[]')),
  };
}

/** Two ids that became one: the record stays under the one that had one before, else it moves as it stood. */
function isKnownAfterLink({ changes }: Told, wasKnown: boolean, isOtherKnown: () => boolean): boolean {
  if (changes.length === 0) return wasKnown;
  const isGivenUp = changes.every(({ after }) => after === null);
  return !isGivenUp && isOtherKnown();
}
