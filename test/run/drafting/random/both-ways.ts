/** Rows judged as bytes where they may be, and all of them by the ordinary forms: what both enter. */

import { expect } from 'chai';
import type { LoadedFile } from '../../../../src/config/load-connection.ts';
import { openTextBlock } from '../../../../src/files/text-block.ts';
import { decodedChunks } from '../../../../src/parse/decode.ts';
import { readBatches } from '../../../../src/parse/read-rows.ts';
import type { ByteFacts } from '../../../../src/parse/recognise-encoding.ts';
import { enterPacked } from '../../../../src/run/drafting/enter-packed.ts';
import { compileEntry, type EntryPlace } from '../../../../src/run/drafting/enter-row.ts';
import { fieldRulesOf } from '../../../../src/run/drafting/field-rules.ts';
import type { FileKnowledge } from '../../../../src/run/drafting/file-knowledge.ts';
import { compileByteJudge } from '../../../../src/run/drafting/judge-bytes.ts';
import {
  type JudgeContext,
  type JudgedFile,
  openJudgedFile,
} from '../../../../src/run/drafting/open-judged-file.ts';
import { openEntryBlock } from '../../../../src/tally/entry-block.ts';
import { openRawEntry, readEntry, viewEntry } from '../../../../src/tally/entry-bytes.ts';
import { HASH_BYTES } from '../../../../src/tally/key-bytes.ts';
import type { SourceRow } from '../../../../src/vocabulary/row.ts';

/** Everything that is entered of the rows of a file, as bytes. */
export interface Entered {
  entries: Buffer;
  outbound: Buffer;
  exceptions: Buffer;
  unique: readonly Buffer[];
}

export interface BothWays {
  asBytes: Entered;
  ordinary: Entered;
  /** Sound rows that went as bytes, and those that did not. */
  rows: { asBytes: number; ordinary: number };
}

export interface ToBeJudged {
  path: string;
  plan: LoadedFile;
  context: JudgeContext;
  known: FileKnowledge;
  /** What is known of the bytes, where that need not be found out. */
  facts?: ByteFacts | undefined;
  /** The bytes in UTF-8 as they come to the reader; as they are read from the disk where this is left out. */
  chunks?: AsyncIterable<Buffer> | undefined;
}

const FILE = 'students.csv';

export async function judgeBothWays(asked: ToBeJudged): Promise<BothWays> {
  const { path, plan, context, known, facts } = asked;
  const judged = await openJudgedFile({ name: 'students', file: FILE, path }, plan, context, known, facts);
  const places = [openPlace(judged, { plan, context }), openPlace(judged, { plan, context })] as const;
  const [bytesPlace, place] = places;
  const byBytes = compileByteJudge(judged, bytesPlace, {
    idsDecided: known.idsDecided,
    enterText: compileEntry(bytesPlace, FILE, judged),
  });
  const enterOther = enterInto(bytesPlace, judged);
  const enter = enterInto(place, judged);
  const rows = { asBytes: 0, ordinary: 0 };
  const { read, bytes } = judged.input.context;
  const { chunks = decodedChunks(path, bytes, read.skip_lines) } = asked;
  for await (const batch of readBatches(chunks, { ...judged.input.context, notices: [] })) {
    const ordinary = batch.rows();
    for (const row of ordinary) enter(row);
    rows.ordinary += ordinary.filter(({ flaw }) => flaw === undefined).length;
    if (byBytes) rows.asBytes += enterPacked(batch.packed(), byBytes, enterOther);
    else for (const row of ordinary) enterOther(row);
  }
  judged.close();
  rows.ordinary -= rows.asBytes;
  return { asBytes: takeFrom(bytesPlace), ordinary: takeFrom(place), rows };
}

/** Used again and again: thousands of them would keep the collector busy. */
const spare = { entries: [openEntryBlock()], texts: [openTextBlock()] };
const entryBlock = () => spare.entries.pop() ?? openEntryBlock();
const textBlock = () => spare.texts.pop() ?? openTextBlock();

type Place = ReturnType<typeof openPlace>;

function openPlace(judged: JudgedFile, { plan, context }: Pick<ToBeJudged, 'plan' | 'context'>) {
  const { mapping } = judged;
  return {
    ...{ plan, mapping, rules: fieldRulesOf(mapping, plan.mapping, context.day) },
    ...{ matches: undefined, rowsApart: 0 },
    roll: entryBlock(),
    outbound: textBlock(),
    exceptions: textBlock(),
    unique: mapping.uniqueTargets.map(() => ({ values: entryBlock() })),
  } satisfies EntryPlace;
}

function enterInto(place: Place, judged: JudgedFile): (row: SourceRow) => void {
  const enter = compileEntry(place, FILE, judged);
  return (row) => enter(row, judged.judge(row));
}

function takeFrom({ roll, outbound, exceptions, unique }: Place): Entered {
  spare.entries.push(roll, ...unique.map(({ values }) => values));
  spare.texts.push(outbound, exceptions);
  return {
    entries: roll.take(),
    outbound: outbound.take(),
    exceptions: exceptions.take(),
    unique: unique.map(({ values }) => values.take()),
  };
}

/** Throws what differs, row by row. */
export function expectSame({ asBytes, ordinary }: BothWays, name: string): void {
  if (isSame(asBytes, ordinary)) return;
  expect(shown(asBytes), name).to.deep.equal(shown(ordinary));
  expect.fail(`${name}: what was entered differs in its bytes`);
}

/** Whether both are the same, byte for byte. */
export function isSame(one: Entered, other: Entered): boolean {
  return (
    one.entries.equals(other.entries) &&
    one.outbound.equals(other.outbound) &&
    one.exceptions.equals(other.exceptions) &&
    one.unique.every((values, at) => values.equals(other.unique[at] ?? Buffer.alloc(0)))
  );
}

/** For people: what was entered, row by row. */
function shown({ entries, outbound, exceptions, unique }: Entered): object {
  const rows = entriesOf(entries).map(({ outbound: line, exceptions: lines, ...entry }) => ({
    ...entry,
    text: outbound.toString('utf8', line.offset, line.offset + line.length),
    finding: exceptions.toString('utf8', lines.offset, lines.offset + lines.length),
  }));
  return { rows, unique: unique.map((values) => values.toString('hex')) };
}

function entriesOf(bytes: Buffer) {
  const raw = openRawEntry(bytes);
  const entries = [];
  for (let at = viewEntry(raw, 0, bytes.length); at >= 0; at = viewEntry(raw, at, bytes.length))
    entries.push({ ...readEntry(raw, 0), key: bytes.toString('hex', raw.keyAt, raw.keyAt + HASH_BYTES) });
  return entries;
}
