import type { ChangeRow } from './changes-csv.ts';

/** What changes.csv says of one kind of change. */
export interface ChangeGroup {
  change: string;
  lines: number;
  /** How often each field changed, the most frequent first; none of a kind without fields. */
  fields: readonly { field: string; lines: number }[];
  first: readonly ChangeRow[];
}

export interface ChangeSummary {
  groups: readonly ChangeGroup[];
  lines: number;
  /** The file is longer than what was read. */
  isCut: boolean;
}

/** Reads on through changes.csv line by line, and keeps little of it, however long it is. */
export interface ChangeSamples {
  add(row: ChangeRow): void;
  summary(isCut: boolean): ChangeSummary;
}

const FIRST_LINES = 12;
/** As many target fields as the widest mapping has; what is not a mapping cannot fill the memory. */
const MOST_FIELDS = 500;

interface Gathered {
  lines: number;
  fields: Map<string, number>;
  first: ChangeRow[];
}

export function openChangeSamples(): ChangeSamples {
  const kinds = new Map<string, Gathered>();
  let lines = 0;
  return {
    add(row) {
      lines += 1;
      const kind = kinds.get(row.change) ?? { lines: 0, fields: new Map<string, number>(), first: [] };
      kinds.set(row.change, kind);
      kind.lines += 1;
      if (kind.first.length < FIRST_LINES) kind.first.push(row);
      const known = kind.fields.get(row.field) ?? 0;
      if (row.field !== '' && (known > 0 || kind.fields.size < MOST_FIELDS))
        kind.fields.set(row.field, known + 1);
    },
    summary: (isCut) => ({ groups: [...kinds].map(([change, kind]) => finish(change, kind)), lines, isCut }),
  };
}

export const NO_CHANGES: ChangeSummary = openChangeSamples().summary(false);

function finish(change: string, { lines, fields, first }: Gathered): ChangeGroup {
  const counted = [...fields].toSorted(([, one], [, other]) => other - one);
  return { change, lines, first, fields: counted.map(([field, count]) => ({ field, lines: count })) };
}
