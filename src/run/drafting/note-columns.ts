import type { ColumnFinder } from '../../vocabulary/row.ts';

/** The same finder, and the columns that it found. */
export function noteColumns(find: ColumnFinder): { find: ColumnFinder; columns: ReadonlySet<number> } {
  const columns = new Set<number>();
  return {
    columns,
    find(...asked) {
      const reader = find(...asked);
      if (reader.at !== undefined) columns.add(reader.at);
      return reader;
    },
  };
}
