import type { DeliveredRecord, MemoryEntry } from '../vocabulary/memory.ts';

/**
 * A record that was created, as its line of memory.ndjson brings it: its values are still the JSON text that stands
 * there, because a ledger that keeps JSON would only write the same text again, a million times in a first night.
 */
export interface WrittenRecord {
  kind: 'written';
  file: string;
  record: Omit<DeliveredRecord, 'values'>;
  /** To the letter what JSON.stringify makes of the values. */
  json: string;
  /** How many values there are. */
  count: number;
}

/** What a ledger is told. */
export type ToldEntry = MemoryEntry | WrittenRecord;

/** What a ledger is told of one run. */
export interface ToldEntries extends AsyncIterable<ToldEntry> {
  /** The same entries, many at a time, where whoever has them reads them so: a promise for each of a million takes its time. */
  batches?(): AsyncIterable<readonly ToldEntry[]>;
}

/** The same as any other entry. */
export function asRecordEntry({
  file,
  record,
  json,
}: WrittenRecord): Extract<MemoryEntry, { kind: 'record' }> {
  return { kind: 'record', file, change: 'created', record: { ...record, values: JSON.parse(json) } };
}

const VALUES = ',"values":[';
const END = ']}}';
/** Where JSON could write a text in more than one way, or not at all. */
const IRREGULAR = /[\\\p{Cc}]/u;

/**
 * Reads such records of one file. Undefined of any line that is not exactly what memoryLine() makes of one, which may
 * be a record all the same: whoever asks then reads the line as any other.
 * Safe because the line is taken in three pieces of which each is checked: up to the record it is the text that is
 * expected, the other members of the record are parsed, and the values are walked quote by quote. Outside a string a
 * quote follows a comma only where a key or a value begins, and within one it is escaped: so what is taken for the key
 * of the values is no part of a text.
 */
export function openWrittenReader(file: string): (line: string) => WrittenRecord | undefined {
  const before = `${JSON.stringify({ kind: 'record', file, change: 'created' }).slice(0, -1)},"record":`;
  return (line) => {
    if (!line.startsWith(before) || !line.endsWith(END)) return undefined;
    const at = line.indexOf(VALUES, before.length);
    if (at < 0) return undefined;
    const json = line.slice(at + VALUES.length - 1, 1 - END.length);
    const count = countTexts(json);
    if (count === 0) return undefined;
    const record = readMembers(`${line.slice(before.length, at)}}`);
    return record && { kind: 'written', file, record, json, count };
  };
}

/** How many texts an array has; 0 where it is none, is empty, or is not written as JSON.stringify does. */
function countTexts(json: string): number {
  if (IRREGULAR.test(json)) return 0;
  const last = json.length - 1;
  let count = 0;
  for (let at = 1; ; ) {
    if (json.charCodeAt(at) !== QUOTE) return 0;
    const end = json.indexOf('"', at + 1);
    if (end < 0) return 0;
    count++;
    if (end + 1 === last) return count;
    if (json.charCodeAt(end + 1) !== COMMA) return 0;
    at = end + 2;
  }
}

const QUOTE = 0x22;
const COMMA = 0x2c;

function readMembers(json: string): WrittenRecord['record'] | undefined {
  try {
    const { id, mapped, active, school, grade, values } = JSON.parse(json);
    if (values !== undefined || typeof active !== 'boolean') return undefined;
    if (typeof id !== 'string' || typeof mapped !== 'string') return undefined;
    if (typeof school !== 'string' || typeof grade !== 'string') return undefined;
    return { id, mapped, active, school, grade };
  } catch {
    return undefined;
  }
}
