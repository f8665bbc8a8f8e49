import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { fingerprintOf } from '../../src/bytewise/fingerprint.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { decodedChunks } from '../../src/parse/decode.ts';
import { packRows, rowsOf, unpackRows } from '../../src/parse/packed-rows.ts';
import { readBatches } from '../../src/parse/read-rows.ts';
import { recogniseEncoding } from '../../src/parse/recognise-encoding.ts';
import type { RowContext } from '../../src/parse/row-context.ts';
import { batchesFromThread } from '../../src/parse/rows-from-worker.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';

describe('batchesFromThread', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-worker-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** What a lane makes of a file: its rows, notices, or the error that ends it. */
  async function outcome(lane: 'here' | 'worker', content: string | Buffer, read: object = {}) {
    const path = join(folder, 'students.csv');
    await writeFile(path, content);
    const settings = readSchema.parse(read);
    const bytes = await recogniseEncoding(path, 'students.csv', settings.encoding);
    const context: RowContext = {
      file: 'students.csv',
      read: settings,
      delimiter: ',',
      columns: ['id', 'name'],
      bytes,
      notices: [],
    };
    const rows: SourceRow[] = [];
    try {
      const batches =
        lane === 'worker'
          ? batchesFromThread(path, context)
          : readBatches(decodedChunks(path, bytes, settings.skip_lines), context);
      for await (const batch of batches) rows.push(...batch.rows());
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return { rows, code: error.code, message: error.message, hint: error.hint, place: error.place };
    }
    return { rows, notices: context.notices };
  }

  const many = Array.from(
    { length: 20_000 },
    (_, index) => `${index},"é, ${'x'.repeat(index % 50)}${index % 7 === 0 ? '\r\n' : ''}"`,
  );
  const cases: [string, string | Buffer, object?][] = [
    ['rows of many chunks, quoted line ends among them', `id,name\r\n${many.join('\r\n')}\r\n`],
    ['flaws', 'id,name\n1\n2,a,b\n3,c\n'],
    ['a last row without a line end', 'id,name\n1,a'],
    ['no rows', 'id,name\n'],
    ['values that stand for nothing', 'id,name\n1,NULL\n2,null\n', { null: ['NULL'] }],
    ['damaged bytes', Buffer.concat([Buffer.from('id,name\n1,José\n2,Zoë\n3,'), Buffer.from([0xe9, 0x0a])])],
    ['UTF-16', iconv.encode('id,name\n1,O’Brien\n', 'utf-16le', { addBOM: true })],
    ['lines above the header', 'Report\nid,name\n1,a\n', { skip_lines: 1 }],
    ['a footer', 'id,name\n1,a\n2,b\nRows: 2\n', { footer: { lines: 1, count: true } }],
    ['a footer that is wrong', 'id,name\n1,a\nRows: 2\n', { footer: { lines: 1, count: true } }],
    [
      'lines of a fixed width',
      '1 a\n2 é\n3\n',
      {
        fixed_width: [
          ['id', 1, 2],
          ['name', 3, 1],
        ],
      },
    ],
    ['an unclosed quote', `id,name\n1,a\n2,"b\n${'3,c\n'.repeat(1000)}`],
    ['a truncated file', 'id,name\n1,a\n2'],
  ];
  for (const [what, content, read] of cases) {
    it(`gives the same as the corridor's own thread: ${what}`, async () => {
      const here = await outcome('here', content, read);
      expect(await outcome('worker', content, read)).to.deep.equal(here);
    });
  }

  it('lets the thread go when the corridor stops early', async () => {
    const path = join(folder, 'long.csv');
    await writeFile(path, `id,name\n${'1,a\n'.repeat(500_000)}`);
    const bytes = await recogniseEncoding(path, 'long.csv', 'auto');
    const context: RowContext = {
      file: 'long.csv',
      read: readSchema.parse({}),
      delimiter: ',',
      columns: ['id', 'name'],
      bytes,
      notices: [],
    };
    for await (const batch of rowsOf(batchesFromThread(path, context))) if (batch.length > 0) break;
  });

  it('packs and unpacks any rows that have no separators in them (property)', () => {
    const value = fc
      .string({ unit: 'grapheme', maxLength: 6 })
      .filter((text) => !text.includes('\u001e') && !text.includes('\u001f'));
    const rows = fc.array(fc.array(value, { minLength: 1, maxLength: 4 }), { maxLength: 8 });
    fc.assert(
      fc.property(rows, fc.nat(100), (some, firstRow) => {
        const source = some.map(
          (values, at): SourceRow => ({
            row: firstRow + at,
            line: at * 3,
            values,
            fingerprint: fingerprintOf(values.join('\u001f')),
          }),
        );
        expect(unpackRows(packRows(source, 3))).to.deep.equal(source);
      }),
    );
  });

  it('is not asked where the file has the separators itself', async () => {
    const path = join(folder, 'odd.csv');
    await writeFile(path, 'id,name\n1,a\u001fb\n');
    expect((await recogniseEncoding(path, 'odd.csv', 'auto')).isPackable).to.equal(false);
  });
});
