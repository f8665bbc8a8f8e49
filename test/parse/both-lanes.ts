import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { openCsvRecords } from '../../src/parse/csv-records.ts';
import { openNumbering } from '../../src/parse/number-rows.ts';
import type { RowBatch } from '../../src/parse/packed-rows.ts';
import type { RowContext } from '../../src/parse/row-context.ts';
import { openScannedRecords } from '../../src/parse/scanned-records.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';

const openers = { 'csv-parse': openCsvRecords, scanner: openScannedRecords };

/** Everything that a lane says of a file: rows with digests and flaws, where it stands at the end, or its refusal. */
export async function outcome(lane: keyof typeof openers, context: RowContext, chunks: readonly Buffer[]) {
  const numbering = openNumbering(context);
  const reader = openers[lane](context, numbering);
  const rows: SourceRow[] = [];
  const drain = () => {
    for (const batch of numbering.drain()) {
      for (const row of batch.rows()) rows.push(row);
      expectPacked(batch, context);
    }
  };
  try {
    for (const chunk of chunks) {
      await reader.write(Buffer.from(chunk));
      drain();
    }
    await reader.end();
    drain();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, message: error.message, place: error.place };
  } finally {
    reader.close();
  }
  const above = numbering.above();
  return { rows, above, isCut: above.last && reader.isCut(above.last) };
}

export function contextOf(settings: object, columns: readonly string[], content: Buffer): RowContext {
  const read = readSchema.parse(settings);
  const bytes = {
    encoding: 'utf-8',
    bomBytes: 0,
    sizeBytes: content.length,
    suspect: content.toString().includes('\ufffd'),
    hasNul: content.includes(0),
    isPackable: true,
  };
  const delimiter = read.delimiter === 'auto' ? ',' : read.delimiter;
  return { file: 'students.csv', read, delimiter, columns, bytes, notices: [] };
}

export function* piecesOf(content: Buffer, size: number): Generator<Buffer> {
  for (let at = 0; at < content.length; at += size) yield content.subarray(at, at + size);
}

/** The same values, whichever of the two tables tells where they end. */
function expectPacked(batch: RowBatch, { columns }: RowContext): void {
  const { values, ends, fieldEnds } = batch.packed();
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  for (const [row, { values: texts, flaw }] of batch.rows().entries()) {
    if (flaw) continue;
    let start = ends[row - 1] ?? 0;
    const told = columns.map((_, column) => {
      const end = fieldEnds[row * columns.length + column] ?? -1;
      const text = bytes.toString('utf8', start, end);
      start = end + 1;
      return text;
    });
    expect(told).to.deep.equal(texts);
    expect(start - 1).to.equal(ends[row]);
  }
}
