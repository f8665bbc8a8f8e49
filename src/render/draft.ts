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

/** @param bytesToDrop so many bytes at the very end are never written, as of the last line end */
export function openDraft(path: string, bytesToDrop = 0): Draft {
  const hash = createHash('sha256');
  const file = openAppendFile(path, (bytes) => hash.update(bytes));
  return {
    ...(bytesToDrop === 0 ? file : holdBack(file, bytesToDrop)),
    finish() {
      file.sync();
      return { sizeBytes: file.sizeBytes(), sha256: hash.digest('hex') };
    },
  };
}

/** The last bytes wait until others come behind them. */
function holdBack(file: AppendFile, count: number): AppendFile {
  let held = Buffer.alloc(0);
  const append = (bytes: Buffer) => {
    const span = { offset: file.sizeBytes() + held.length, length: bytes.length };
    const whole = Buffer.concat([held, bytes]);
    const cut = Math.max(0, whole.length - count);
    if (cut > 0) file.append(whole.subarray(0, cut));
    held = whole.subarray(cut);
    return span;
  };
  return { ...file, append, appendText: (text) => append(Buffer.from(text)) };
}
