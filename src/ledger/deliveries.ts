import type { DatabaseSync } from 'node:sqlite';
import type { SentHow } from '../vocabulary/memory.ts';
import type { Recipient } from './disclosure.ts';
import type { OpenFile } from './records.ts';

/** `returned`: known again after a last row, as it was then. `last_row`: removed, and a last row was sent. */
export type Presence = 'kept_back' | 'sent_again' | 'returned' | 'last_row';

/**
 * What is needed beside records and touches to say who was in a file that went out: how it went out, and whom the touches
 * would be wrong about. Few lines a night, however many students there are.
 */
export interface Deliveries {
  address(seq: number, recipient: Recipient): void;
  /** With everybody who is known, until something else is said. */
  open(at: OpenFile, seq: number): void;
  sendAs(at: OpenFile, seq: number, how: SentHow): void;
  note(at: OpenFile, seq: number, id: string, presence: Presence): void;
}

export function openDeliveries(database: DatabaseSync): Deliveries {
  const address = database.prepare('UPDATE runs SET recipient = ? WHERE seq = ?');
  const open = database.prepare(
    `INSERT INTO deliveries (file, seq, layout, how) VALUES (?, ?, ?, 'full')
     ON CONFLICT (file, seq) DO UPDATE SET layout = excluded.layout`,
  );
  const sendAs = database.prepare('UPDATE deliveries SET how = ? WHERE file = ? AND seq = ?');
  const note = database.prepare(
    'INSERT OR REPLACE INTO presences (file, id, seq, presence) VALUES (?, ?, ?, ?)',
  );
  return {
    address: (seq, { title, destination }) => void address.run(JSON.stringify({ title, destination }), seq),
    open: ({ file, layout }, seq) => void open.run(file, seq, layout),
    sendAs: ({ file }, seq, how) => void sendAs.run(how, file, seq),
    note: ({ file }, seq, id, presence) => void note.run(file, id, seq, presence),
  };
}
