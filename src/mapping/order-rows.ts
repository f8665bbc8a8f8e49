import type { ColumnReader } from '../vocabulary/row.ts';

type Row = readonly string[];

/** Numbers by their size, then texts, then what has no place at all; equals stay as they stood in the file. */
export function inOrder(rows: readonly Row[], read: ColumnReader): Row[] {
  const placed = rows.map((row) => ({ row, place: read(row).trim() }));
  return placed.toSorted((a, b) => comparePlaces(a.place, b.place)).map(({ row }) => row);
}

function comparePlaces(a: string, b: string): number {
  const ranks = [rankOf(a), rankOf(b)] as const;
  if (ranks[0] !== ranks[1]) return ranks[0] - ranks[1];
  if (ranks[0] === 0) return Number(a) - Number(b);
  return a === b ? 0 : a < b ? -1 : 1;
}

function rankOf(place: string): number {
  if (place === '') return 2;
  return NUMBER.test(place) ? 0 : 1;
}

const NUMBER = /^-?\d+(?:\.\d+)?$/;
