import type { LaidOut } from './lay-out.ts';
import type { RunKernel } from './open-kernel.ts';
import { type ByteRows, compilePutRows } from './put-rows.ts';
import { NUMBER_BYTES } from './regions.ts';
import { FOUND } from './structures.ts';

/** What was found of a row; offsets are places in the memory of the kernel, valid until more rows are looked at. */
export interface FoundRow {
  /** As it was decided; 0 or less where the ordinary forms judge the row. Of rows that are carried there is all the rest. */
  decision: number;
  lineStart: number;
  lineEnd: number;
  entryStart: number;
  entryEnd: number;
}

export function openFound(): FoundRow {
  return {
    decision: 0,
    ...{ lineStart: 0, lineEnd: 0 },
    ...{ entryStart: 0, entryEnd: 0 },
  };
}

export interface RowLooker {
  /** Where lines begin; entries name their places from here on. */
  linesAt: number;
  /** Looks at rows of a batch from one on; answers the first at which it did not look. */
  look(rows: ByteRows, from: number, isSkipped: (at: number) => boolean): number;
  /** Of one of the rows that were looked at last, counted from 0. */
  find(index: number, found: FoundRow): void;
}

export function openRowLooker(laidOut: LaidOut, run: RunKernel): RowLooker {
  const { memory, at } = laidOut;
  const { bytes, numbers } = memory;
  const put = compilePutRows(laidOut);
  const rowWords = FOUND.sizeBytes / NUMBER_BYTES;
  const decision = FOUND.wordOf('decision', at.found);
  const lineEnd = FOUND.wordOf('lineEnd', at.found);
  const entryStart = FOUND.wordOf('entryStart', at.found);
  const entryEnd = FOUND.wordOf('entryEnd', at.found);
  const numberAt = (word: number) => numbers[word] ?? 0;
  return {
    linesAt: at.lines,
    look(rows, from, isSkipped) {
      const count = put(rows, from);
      if (count === 0) {
        numbers[decision] = 0;
        return from + 1;
      }
      for (let index = 0; index < count; index++) bytes[at.skipped + index] = isSkipped(from + index) ? 1 : 0;
      return from + run(at.plan, count);
    },
    find(index, row) {
      const place = index * rowWords;
      row.decision = numberAt(decision + place);
      row.lineStart = index === 0 ? at.lines : numberAt(lineEnd + place - rowWords);
      row.lineEnd = numberAt(lineEnd + place);
      row.entryStart = numberAt(entryStart + place);
      row.entryEnd = numberAt(entryEnd + place);
    },
  };
}
