import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openInput } from '../../src/parse/open-input.ts';
import { rowsOf } from '../../src/parse/packed-rows.ts';
import { readBatches } from '../../src/parse/read-rows.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const tempFolder = useTempFolders();

/** More than is read at once, several times. */
const ROWS = 30_000;
const noteOf = (row: number) => `note ${row}${'é'.repeat(row % 23)}`;

async function expectRows(batches: AsyncIterable<SourceRow[]>): Promise<void> {
  let row = 0;
  for await (const batch of batches)
    for (const { values } of batch) {
      if (values[0] !== `${row}` || values[1] !== noteOf(row))
        expect(values).to.deep.equal([`${row}`, noteOf(row)]);
      row++;
    }
  expect(row).to.equal(ROWS);
}

/** A chunk is gone when the next one is asked for, as it is where a file is read. */
async function* gonePieces(content: Buffer, size: number): AsyncGenerator<Buffer> {
  const piece = Buffer.alloc(size);
  for (let at = 0; at < content.length; at += size) {
    yield piece.subarray(0, content.copy(piece, 0, at, at + size));
    piece.fill('#');
  }
}

/** Every reader keeps what it needs of a chunk, for the chunk is gone when the next one comes. */
describe('parse/decode', () => {
  const lines = (delimiter: string) =>
    Array.from({ length: ROWS }, (_, row) => `${row}${delimiter}${noteOf(row)}\n`).join('');
  const fixed = Array.from({ length: ROWS }, (_, row) => `${`${row}`.padEnd(6)}${noteOf(row)}\n`).join('');
  const kinds: [string, object, string, string][] = [
    ['the scanner', {}, `id,note\n${lines(',')}`, 'scanner'],
    ['csv-parse', { delimiter: '||' }, `id||note\n${lines('||')}`, 'csv-parse'],
    ['backslash escapes', { escape: 'backslash' }, `id,note\n${lines(',')}`, 'escaped'],
    [
      'fixed widths',
      {
        fixed_width: [
          ['id', 1, 6],
          ['note', 7, 40],
        ],
      },
      fixed,
      'fixed_width',
    ],
    ['last lines that are none', { footer: { lines: 2 } }, `id,note\n${lines(',')}end\nof it\n`, 'scanner'],
    [
      'a mark at the end',
      { footer: { starts_with: 'END', count: true } },
      `id,note\n${lines(',')}END\n${'and more words\n'.repeat(15)}of ${ROWS} rows\n`,
      'scanner',
    ],
    ['another encoding', { encoding: 'utf-16le' }, `id,note\n${lines(',')}`, 'scanner'],
  ];
  for (const [what, settings, content, reader] of kinds)
    it(`reads a file of many chunks: ${what}`, async () => {
      const path = join(await tempFolder(), 'students.csv');
      const isWide = 'encoding' in settings;
      await writeFile(path, content, isWide ? 'utf16le' : 'utf8');
      const input = await openInput({
        path,
        file: 'students.csv',
        read: readSchema.parse(settings),
        wanted: [],
      });
      expect(input.reader).to.equal(reader);
      await expectRows(input.batches());
      const pieces = isWide ? [] : [97, 100_003];
      for (const size of pieces)
        await expectRows(rowsOf(readBatches(gonePieces(Buffer.from(content), size), input.context)));
    });

  it('reads a header that is longer than what is read at once', async () => {
    const path = join(await tempFolder(), 'students.csv');
    const names = Array.from({ length: 900 }, (_, at) => `column ${at} ${'x'.repeat(200)}`);
    await writeFile(path, `${names.join()}\n${names.map((_, at) => at).join()}\n`);
    const input = await openInput({ path, file: 'students.csv', read: readSchema.parse({}), wanted: [] });
    expect(input.header.columns).to.deep.equal(names);
    for await (const batch of input.batches())
      expect(batch.map(({ values }) => values)).to.deep.equal([names.map((_, at) => `${at}`)]);
  });
});
