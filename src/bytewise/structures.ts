/** The structures of the kernel, number by number as kernel/line/plan.ts and values.ts have them. */
import { NUMBER_BYTES } from './regions.ts';
import { structureOf } from './structure-of.ts';

export const PLAN = structureOf(
  ...(['columns', 'cells', 'cellCount', 'delimiter', 'delimiterBytes'] as const),
  ...(['lineEnd', 'lineEndBytes', 'longestLine'] as const),
  ...(['values', 'fieldEnds', 'begins', 'skipped', 'fileLines', 'firstRow'] as const),
  ...(['found', 'prints', 'lines', 'linesEnd', 'text', 'entries'] as const),
  ...(['idColumn', 'previousIdColumn', 'keyIsId'] as const),
  ...([
    'rowAt',
    'lineAt',
    'textBytesAt',
    'outboundAt',
    'outboundBytesAt',
    'keyAt',
    'studentAt',
    'contentAt',
    'mappedAt',
    'textsAt',
  ] as const),
  ...(['remembered', 'rememberedCount', 'numbers', 'rowBegin', 'rowEnds', 'rowNumbers'] as const),
  ...(['decisions', 'openingsOfActive', 'openingsOfOthers'] as const),
);
export const CELL = structureOf('kind', 'column', 'table', 'known', 'isTrimmed');
export const VALUES = structureOf('count', 'most', 'lastSlot', 'slots', 'latest', 'text', 'textsEnd');
export const COMBINATIONS = structureOf(
  ...(['columnCount', 'column0', 'column1', 'column2', 'column3'] as const),
  ...(['lastSlot', 'room', 'slots'] as const),
);
export const FOUND = structureOf('decision', 'lineEnd', 'opening', 'entryStart', 'entryEnd');
export const OPENING = structureOf(
  ...(['text', 'textBytes', 'entry', 'tail', 'tailBytes', 'longTail', 'longTailBytes'] as const),
);

/** Kinds of cells. */
export const CELL_KINDS = { asked: 0, constant: 1, copied: 2, remembered: 3 } as const;

/** In front of a piece of bytes stands how many they are. */
export const PIECE_AT = NUMBER_BYTES;
export const REFUSED = -1;
/** No cell ends at the begin of the memory. */
export const NO_CELL = 0;
/** What a decision says of a row that is carried. Larger numbers are the asker's own. */
export const CARRIED_ACTIVE = 1;
export const CARRIED_OTHER = 2;
