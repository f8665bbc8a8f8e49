import { FINGERPRINT_LENGTH } from '../bytewise/fingerprint.ts';
import { NUMBER_BYTES } from '../bytewise/regions.ts';
import { LONGEST_RECORD_BYTES } from './csv-options.ts';
import { unpackRow } from './packed-rows.ts';
import { FIELD_ENDS_BYTES, MOST_RECORDS, type ScanMemory } from './scan-memory.ts';

/** One byte each: what is written otherwise is left to csv-parse. */
export interface ScanDialect {
  delimiter: number;
  quote: number | undefined;
}

/**
 * What stopped the scan. `full`: it found as many records as it should. `odd`: the latest record has not as many values as
 * there are columns. `unfinished`: the input ends within a record. `irregular`: a quote stands where none may stand, or a
 * record is too long, so that csv-parse has to say what is wrong.
 */
export type ScanAnswer = 'end' | 'full' | 'odd' | 'unfinished' | 'irregular';
/** As kernel/scan/plan.ts numbers them. */
const ANSWERS: readonly ScanAnswer[] = ['end', 'full', 'odd', 'unfinished', 'irregular'];

/** Finds the records of an input, and writes their values with one separator between them. */
export interface Scanner {
  /** The input: what was held of a record, and what came behind it. */
  load(held: Buffer, part: Buffer, isEnd: boolean): void;
  /** Scans on, for so many records at most, as long as there is room for them, the first of which begins in that line. */
  run(line: number, most: number): ScanAnswer;
  /** Records that were found, and neither dropped nor forgotten; how many values the latest has, and the line behind it. */
  found(): { records: number; fields: number; line: number };
  lineOf(record: number): number;
  valuesOf(record: number): string[];
  /** The latest is none of the rows. */
  dropLatest(): void;
  /** The records that were found, in memory of their own. */
  take(): ScannedRecords;
  /** There is room for others. */
  forget(): void;
  /** What of the input stands behind the last record. */
  rest(): Buffer;
  /** All of the input. */
  input(): Buffer;
}

export interface ScannedRecords {
  values: Buffer<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  fieldEnds: Uint32Array<ArrayBuffer>;
  lines: Uint32Array<ArrayBuffer>;
  fingerprints: Buffer<ArrayBuffer>;
}

const NO_QUOTE = -1;

/** Whoever loads has the memory to itself until it waits for something. */
export function openScanner(
  memory: ScanMemory,
  { delimiter, quote = NO_QUOTE }: ScanDialect,
  columns: number,
): Scanner {
  const { at, bytes, numbers, get, set } = memory;
  const room = Math.min(MOST_RECORDS, Math.floor(FIELD_ENDS_BYTES / NUMBER_BYTES / columns));
  const numberAt = (table: number, index: number) => numbers[table / NUMBER_BYTES + index] ?? 0;
  const endOf = (record: number) => at.values + (record < 0 ? 0 : numberAt(at.ends, record));

  function forget(): void {
    set('records', 0);
    set('to', at.values);
  }

  /** Others may have told it something else in the meantime. */
  function tell(inputBytes: number, isEnd: boolean): void {
    const { input, values, ends, fieldEnds, lines, prints } = at;
    memory.tell({
      ...{ delimiter, quote, columns, longestRecord: LONGEST_RECORD_BYTES },
      ...{ at: input, end: input + inputBytes, isEnd: Number(isEnd) },
      ...{ values, to: values, ends, fieldEnds, lines, prints },
      ...{ records: 0, mostRecords: 0, line: 0, fields: 0 },
    });
  }

  return {
    load(held, part, isEnd) {
      bytes.set(held, at.input);
      bytes.set(part, at.input + held.length);
      tell(held.length + part.length, isEnd);
    },
    run(line, most) {
      set('line', line);
      set('mostRecords', Math.min(room, get('records') + most));
      return ANSWERS[memory.run()] ?? 'irregular';
    },
    found: () => ({ records: get('records'), fields: get('fields'), line: get('line') }),
    lineOf: (record) => numberAt(at.lines, record),
    valuesOf: (record) => unpackRow(bytes, endOf(record - 1), endOf(record)),
    dropLatest() {
      const records = get('records') - 1;
      set('records', records);
      set('to', endOf(records - 1));
    },
    take: () => copyRecords(memory, columns),
    forget,
    rest: () => bytes.subarray(get('at'), get('end')),
    input: () => bytes.subarray(at.input, get('end')),
  };
}

function copyRecords({ at, bytes, get }: ScanMemory, columns: number): ScannedRecords {
  const records = get('records');
  return {
    values: copyOf(bytes, at.values, get('to')),
    ends: numbersOf(bytes, at.ends, records),
    fieldEnds: numbersOf(bytes, at.fieldEnds, records * columns),
    lines: numbersOf(bytes, at.lines, records),
    fingerprints: copyOf(bytes, at.prints, at.prints + records * FINGERPRINT_LENGTH),
  };
}

function copyOf(bytes: Buffer, start: number, end: number): Buffer<ArrayBuffer> {
  const copy = Buffer.allocUnsafeSlow(end - start);
  bytes.copy(copy, 0, start, end);
  return copy;
}

function numbersOf(bytes: Buffer, start: number, count: number): Uint32Array<ArrayBuffer> {
  return new Uint32Array(copyOf(bytes, start, start + count * NUMBER_BYTES).buffer);
}
