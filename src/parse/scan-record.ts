import { FIELD_SEPARATOR_BYTE } from './packed-rows.ts';

/** One byte each: what is written otherwise is left to csv-parse. */
export interface ScanDialect {
  delimiter: number;
  quote: number | undefined;
}

/** Where the scan stands, and what it met: a record is written to `out` with one separator between its values. */
export interface ScanCursor {
  input: Buffer;
  /** As long as the input: a record never grows. */
  out: Buffer<ArrayBuffer>;
  /** Nothing follows behind the input. */
  isEnd: boolean;
  /** Where each value of the record ends in `out`, as many as there are columns, from `base` on: there is room for so many. */
  fieldEnds: Uint32Array<ArrayBuffer>;
  base: number;
  columns: number;
  /** The next byte of the input, and the next free one of `out`: at a record's begin before, behind it after. */
  at: number;
  to: number;
  /** Of the record that was scanned. */
  fields: number;
  lines: number;
}

/**
 * `unfinished`: the input ends within the record. `irregular`: a quote stands where none may stand, so that csv-parse
 * has to say what is wrong. After both, where the cursor stands means nothing.
 */
export type ScanAnswer = 'record' | 'unfinished' | 'irregular';

const LF = 0x0a;
const CR = 0x0d;

/**
 * Reads one record as csv-parse does: a quote opens at the begin of a field alone, is doubled within, and is followed by
 * a delimiter or an end; CRLF, LF and CR end a record. By bytes, because strings are made once, of what is kept.
 */
export function compileScan({ delimiter, quote = -1 }: ScanDialect): (cursor: ScanCursor) => ScanAnswer {
  const isSpecial = new Uint8Array(256);
  for (const byte of [delimiter, LF, CR]) isSpecial[byte] = 1;
  if (quote >= 0) isSpecial[quote] = 1;
  const scanQuoted = compileQuoted(quote);

  return (cursor) => {
    const { input, out, isEnd, fieldEnds, base, columns } = cursor;
    const end = input.length;
    let { at, to } = cursor;
    let field = 0;
    cursor.lines = 1;
    for (;;) {
      if (at < end && input[at] === quote) {
        cursor.at = at;
        cursor.to = to;
        const answer = scanQuoted(cursor);
        if (answer !== 'record') return answer;
        at = cursor.at;
        to = cursor.to;
      } else {
        for (; at < end; at++) {
          const byte = input[at] ?? 0;
          if (isSpecial[byte] === 1) break;
          out[to++] = byte;
        }
      }
      const byte = at < end ? input[at] : LF;
      if (field < columns) fieldEnds[base + field] = to;
      field++;
      if (byte === delimiter) {
        out[to++] = FIELD_SEPARATOR_BYTE;
        at++;
        continue;
      }
      if (byte !== LF && byte !== CR) return 'irregular';
      // A CR at the end of the input may be the first half of a CRLF.
      if (!isEnd && (at >= end || (byte === CR && at + 1 >= end))) return 'unfinished';
      cursor.at = at + (byte === CR && input[at + 1] === LF ? 2 : 1);
      cursor.to = to;
      cursor.fields = field;
      return 'record';
    }
  };
}

/** From an opening quote to behind the closing one. */
function compileQuoted(quote: number): (cursor: ScanCursor) => ScanAnswer {
  return (cursor) => {
    const { input, out } = cursor;
    const end = input.length;
    let { at, to } = cursor;
    for (at++; at < end; at++) {
      const byte = input[at] ?? 0;
      if (byte === quote) {
        if (at + 1 >= end && !cursor.isEnd) return 'unfinished';
        if (at + 1 >= end || input[at + 1] !== quote) {
          cursor.at = at + 1;
          cursor.to = to;
          return 'record';
        }
        at++;
      } else if (byte === CR || (byte === LF && input[at - 1] !== CR)) {
        cursor.lines++;
      }
      out[to++] = byte;
    }
    return cursor.isEnd ? 'irregular' : 'unfinished';
  };
}
