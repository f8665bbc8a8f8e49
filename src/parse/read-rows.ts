import { AppError } from '../errors/app-error.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import { openCsvRecords } from './csv-records.ts';
import { openEscapedRecords } from './escaped-records.ts';
import { openFixedWidthRecords } from './fixed-width-records.ts';
import { openFooter } from './footer.ts';
import { type Numbering, openNumbering } from './number-rows.ts';
import type { RowBatch } from './packed-rows.ts';
import type { RecordReader, RowContext } from './row-context.ts';
import { scanMemory } from './scan-memory.ts';
import { openScannedRecords, scanDialectOf } from './scanned-records.ts';

/** Walks the records; about one batch a chunk of bytes. */
export async function* readBatches(
  chunks: AsyncIterable<Buffer>,
  context: RowContext,
): AsyncGenerator<RowBatch> {
  const numbering = openNumbering(context);
  const records = openRecords(context, numbering);
  const footer = openFooter(context);
  let lastByte = 0;
  try {
    for await (const chunk of footer.without(chunks)) {
      lastByte = chunk[chunk.length - 1] ?? lastByte;
      await records.write(chunk);
      yield* numbering.drain();
    }
    await records.end();
    footer.check(numbering.above());
    noteTheEnd(numbering.above().last, { lastByte, records, context });
    yield* numbering.drain();
  } finally {
    records.close();
  }
}

export type ReaderName = 'scanner' | 'csv-parse' | 'escaped' | 'fixed_width';

/** The one place that picks the reader of a file. */
export function readerOf(context: RowContext): ReaderName {
  const { fixed_width, escape: way } = context.read;
  if (fixed_width) return 'fixed_width';
  if (way === 'backslash') return 'escaped';
  return scanDialectOf(context) && scanMemory() ? 'scanner' : 'csv-parse';
}

function openRecords(context: RowContext, numbering: Numbering): RecordReader {
  switch (readerOf(context)) {
    case 'fixed_width':
      return openFixedWidthRecords(context, context.read.fixed_width ?? [], numbering);
    case 'escaped':
      return openEscapedRecords(context, numbering);
    case 'scanner':
      return openScannedRecords(context, numbering);
    case 'csv-parse':
      return openCsvRecords(context, numbering);
  }
}

/** A last row that is short and has no line end was cut; one that is whole is only worth a remark. */
function noteTheEnd(
  last: SourceRow | undefined,
  end: { lastByte: number; records: RecordReader; context: RowContext },
): void {
  const { file, columns, notices } = end.context;
  if (!last || end.lastByte === 0x0a || end.lastByte === 0x0d) return;
  if (end.records.isCut(last)) {
    const { values } = last;
    const isShort = values.length < columns.length;
    const column = isShort ? values.length : Math.max(1, values.findLastIndex((value) => value !== '') + 1);
    throw new AppError(
      'truncated_file',
      `The file ends in the middle of its last row, in field ${column} (${columns[column - 1] ?? ''}) of ${columns.length}`,
      { place: { file, line: last.line, column } },
    );
  }
  notices.push({
    code: 'no_final_line_end',
    message: 'The last row has no line end: a value in its last column may be cut',
    file,
  });
}
