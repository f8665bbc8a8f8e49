/** The books of one file as the model keeps them, under the names of report.json. */
export const TOTALS = [
  'read',
  'rejected',
  'duplicate',
  'ineligible',
  'held',
  'carried',
  'created',
  'updated',
  'unchanged',
  'transferred',
  'promoted',
  'deactivated',
  'reactivated',
  'removed',
  'carried_forward',
  'delivered',
] as const;
export type Total = (typeof TOTALS)[number];

export interface ModelBooks {
  totals: Record<Total, number>;
  /** By code. */
  rejected: Map<string, number>;
  /** By reason. */
  ineligible: Map<string, number>;
  removed: { absent: number; ineligible: number };
  /** What must stand in the outbound file, a record an entry, in any order. */
  rows: string[][];
}

export function openModelBooks(read: number): ModelBooks {
  const totals: Partial<Record<Total, number>> = {};
  for (const total of TOTALS) totals[total] = 0;
  return {
    totals: { ...(totals as Record<Total, number>), read },
    rejected: new Map(),
    ineligible: new Map(),
    removed: { absent: 0, ineligible: 0 },
    rows: [],
  };
}

export function count(books: Map<string, number>, key: string): void {
  books.set(key, (books.get(key) ?? 0) + 1);
}
