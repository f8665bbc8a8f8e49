import type { ColumnProfile, Profile } from '../inspect/profile.ts';
import { errorFacts } from './print-error.ts';

/** A profile as `inspect --json` prints it. */
export function profileDocument(profile: Profile): object {
  const { columns, rejected, remarks, stopped } = profile;
  return {
    file: profile.file,
    bytes: profile.sizeBytes,
    encoding: profile.encoding,
    byte_order_mark: profile.hasByteOrderMark,
    delimiter: profile.delimiter,
    quote: profile.quote,
    escape: profile.escape,
    line_ending: profile.lineEnding,
    header: profile.hasHeader,
    skip_lines: profile.skipLines,
    rows: profile.rows,
    rejected: rejected.reduce((sum, one) => sum + one.count, 0),
    rejected_rows: rejected.map(({ code, count, firstLines }) => ({ code, count, first_lines: firstLines })),
    columns: columns.map(columnDocument),
    remarks: remarks.map(({ code, message }) => ({ code, message })),
    stopped: stopped ? errorFacts(stopped) : null,
  };
}

function columnDocument(column: ColumnProfile): object {
  const { date } = column;
  return {
    name: column.name,
    position: column.position,
    type: column.type,
    type_share: rounded(column.typeShare),
    filled: column.filled,
    fill_rate: rounded(column.fillRate),
    distinct: column.distinct ?? null,
    distinct_more_than: column.distinct === undefined ? column.mostDistinct : null,
    shortest: column.shortest,
    longest: column.longest,
    values: column.values,
    date_format: date?.formats[0]?.format ?? null,
    date_formats: date?.formats ?? [],
    date_formats_possible: [...new Set(date?.open ?? [])],
    literals: column.literals,
    remarks: column.remarks.map(({ code, message }) => ({ code, message })),
  };
}

/** Four digits are more than anybody decides by; 1 is said of all of them only. */
function rounded(share: number): number {
  const near = Math.round(share * 10_000) / 10_000;
  return near === 1 && share < 1 ? 0.9999 : near;
}
