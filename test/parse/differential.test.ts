import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { decodedChunks } from '../../src/parse/decode.ts';
import { openInput } from '../../src/parse/open-input.ts';
import { rowsOf } from '../../src/parse/packed-rows.ts';
import { readBatches } from '../../src/parse/read-rows.ts';
import { recogniseEncoding } from '../../src/parse/recognise-encoding.ts';
import { batchesFromThread } from '../../src/parse/rows-from-worker.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';
import { type PlainOutcome, readPlainly } from './plain-reader.ts';
import { type RandomFile, randomFile } from './random-files.ts';

const FILES = process.env.NIGHTLY ? 10_000 : 300;
/** A thread of its own costs more than such a file. */
const ONE_IN_THREADS = 100;

describe('two readers', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-differential-'));
  });
  after(() => rm(folder, { recursive: true }));

  type Lane = 'whole' | 'pieces' | 'thread';

  async function readWith(lane: Lane, { dialect, chunk, bytes }: RandomFile): Promise<PlainOutcome> {
    const path = join(folder, 'students.csv');
    await writeFile(path, bytes);
    const read = readSchema.parse(dialect);
    try {
      const input = await openInput({ path, file: 'students.csv', read, wanted: [] });
      const { columns } = input.header;
      const facts = await recogniseEncoding(path, 'students.csv', read.encoding);
      const { delimiter, notices } = input;
      const context = { file: 'students.csv', read, delimiter, columns, bytes: facts, notices };
      const batches = {
        whole: () => input.batches(),
        pieces: () =>
          rowsOf(readBatches(inPieces(decodedChunks(path, facts, read.skip_lines), chunk), context)),
        thread: () => rowsOf(batchesFromThread(path, context)),
      }[lane]();
      const rows: SourceRow[] = [];
      for await (const batch of batches) rows.push(...batch);
      return {
        columns: [...columns],
        rows: rows.map(({ line, values, flaw }) => ({ line, values: [...values], flaw: flaw?.code ?? '' })),
        isEndless: notices.some(({ code }) => code === 'no_final_line_end'),
      };
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'defect') throw error;
      return { refused: error.code };
    }
  }

  it(`make the same of ${FILES} random files in random dialects, or refuse them alike`, async function () {
    this.timeout(FILES * 60);
    let files = 0;
    let refused = 0;
    await fc.assert(
      fc.asyncProperty(randomFile, async (file) => {
        const plain = readPlainly(file.bytes, file.dialect);
        files++;
        if ('refused' in plain) refused++;
        expect(await readWith('whole', file)).to.deep.equal(plain);
        expect(await readWith('pieces', file), 'in pieces').to.deep.equal(plain);
        if (files % ONE_IN_THREADS === 0)
          expect(await readWith('thread', file), 'in a thread').to.deep.equal(plain);
      }),
      { numRuns: FILES },
    );
    if (process.env.NIGHTLY) console.log(`      ${files} files, ${refused} of them refused by both`);
  });
});

/** Each is gone when the next one is asked for. */
async function* inPieces(chunks: AsyncIterable<Buffer>, size: number): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(size);
  for await (const chunk of chunks)
    for (let at = 0; at < chunk.length; at += size) {
      yield piece.subarray(0, chunk.copy(piece, 0, at, at + size));
      piece.fill('#');
    }
}
