import type { CellForm, CellWay } from './cell-form.ts';
import type { Places } from './lay-out.ts';
import type { Texts } from './open-texts.ts';
import type { Pieces } from './pieces.ts';
import { type KernelMemory, NUMBER_BYTES } from './regions.ts';
import { NOT_KNOWN, type RowView } from './row-view.ts';
import { CELL, NO_CELL, REFUSED } from './structures.ts';

interface AskedCells {
  cells: readonly CellForm[];
  ways: readonly CellWay[];
  at: Places;
  memory: KernelMemory;
  pieces: Pieces;
  view: RowView;
  texts: Texts;
}

/** What the kernel asks about a cell: the ordinary form answers, and where it is worth it the answer is kept. */
export function compileAskCell(asked: AskedCells): (index: number, to: number, limit: number) => number {
  const { cells, texts, memory } = asked;
  const keep = compileKeep(asked);
  return (index, to, limit) => {
    const form = cells[index];
    const text = form?.textOf(texts.read(form.columns));
    keep(index, text);
    if (text === undefined || !hasRoom(to, text, limit)) return NO_CELL;
    return to + memory.bytes.write(text, to);
  };
}

/** Of one unit of a string in UTF-8. */
const LONGEST_CHARACTER_BYTES = 3;

/** To the byte, as for cells that are remembered: whether a row is taken must not depend on what was seen before. */
function hasRoom(to: number, text: string, limit: number): boolean {
  if (to + text.length * LONGEST_CHARACTER_BYTES <= limit) return true;
  return to + Buffer.byteLength(text) <= limit;
}

function compileKeep({ ways, at, memory, pieces, view }: AskedCells) {
  return (index: number, text: string | undefined): void => {
    const way = ways[index];
    if (way?.kind === 'remembered') {
      const number = view.numberOf(way.column);
      const table = (at.cellTables[index] ?? 0) / NUMBER_BYTES;
      if (number !== NOT_KNOWN)
        memory.numbers[table + number] = text === undefined ? REFUSED : pieces.add(text);
    }
    const isBlank = way?.kind === 'copied' && view.startOf(way.column) === view.endOf(way.column);
    if (!isBlank || text === undefined) return;
    memory.numbers[CELL.wordOf('known', at.cells + index * CELL.sizeBytes)] = pieces.add(text);
  };
}
