import { decodedChunks } from '../../parse/decode.ts';
import { linesOf } from '../../parse/escaped-records.ts';
import { openInput } from '../../parse/open-input.ts';
import { recogniseEncoding } from '../../parse/recognise-encoding.ts';
import type { ReadSettings } from '../../parse/schema.ts';
import type { SourceRow } from '../../vocabulary/row.ts';

/** The rows of a dropped file as they stood in it, asked for in their order. */
export interface RowTexts {
  /** Blank where the file has no such row, or one that was passed before. */
  textOf(row: number): Promise<string>;
  close(): Promise<void>;
}

/** @param read as the run read it: what it had recognised is stated. Throws what parsing throws. */
export async function openRowTexts(path: string, file: string, read: ReadSettings): Promise<RowTexts> {
  const input = await openInput({ path, file, read, wanted: [] });
  const bytes = await recogniseEncoding(path, file, read.encoding);
  const rows = eachRow(input.batches());
  const lines = splitLines(decodedChunks(path, bytes, 0));
  let line = 0;

  async function take({ line: first, values }: SourceRow): Promise<string> {
    const last = first + linesOf(values) - 1;
    const taken: string[] = [];
    while (line < last) {
      const { value } = await lines.next();
      if (value === undefined) break;
      line++;
      if (line >= first) taken.push(value);
    }
    return taken.join('\n');
  }

  return {
    async textOf(wanted) {
      for (;;) {
        const { value: row } = await rows.next();
        if (!row || row.row > wanted) return '';
        if (row.row === wanted) return take(row);
      }
    },
    async close() {
      await rows.return(undefined);
      await lines.return(undefined);
    },
  };
}

async function* eachRow(batches: AsyncIterable<readonly SourceRow[]>): AsyncGenerator<SourceRow, undefined> {
  for await (const batch of batches) yield* batch;
  return undefined;
}

/** Without their ends: LF, CRLF or CR. */
async function* splitLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<string, undefined> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of chunks) {
    const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
    rest = parts.pop() ?? '';
    yield* parts;
  }
  if (rest !== '') yield rest.replace(/\r$/, '');
  return undefined;
}
