import { createHash } from 'node:crypto';
import { type AppendFile, openAppendFile } from '../files/append-file.ts';

export interface FinishedDraft {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** A file that will leave the house, or be sealed: counted and hashed while it is written. */
export interface Draft extends AppendFile {
  /** Onto the disk; nothing may be appended after. */
  finish(): FinishedDraft;
}

export function openDraft(path: string): Draft {
  const hash = createHash('sha256');
  const file = openAppendFile(path, (bytes) => hash.update(bytes));
  return {
    ...file,
    finish() {
      file.sync();
      return { sizeBytes: file.sizeBytes(), sha256: hash.digest('hex') };
    },
  };
}
