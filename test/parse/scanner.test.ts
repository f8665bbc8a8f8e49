import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from 'chai';
import fc from 'fast-check';
import { LONGEST_RECORD_BYTES } from '../../src/parse/csv-options.ts';
import { openNumbering } from '../../src/parse/number-rows.ts';
import { openScannedRecords } from '../../src/parse/scanned-records.ts';
import { contextOf, outcome, piecesOf } from './both-lanes.ts';

const FILES = process.env.NIGHTLY ? 20_000 : 400;
/** Around what is looked at together. */
const LENGTHS = [
  0, 1, 2, 13, 14, 15, 16, 17, 18, 30, 31, 32, 33, 34, 47, 48, 49, 63, 64, 65, 4095, 4096, 4097,
];

/** The scanner says what csv-parse says, in pieces of these sizes, or cut in two at these places. */
async function expectAlike(
  content: string | Buffer,
  columns: number,
  how: { sizes?: number[]; cuts?: number[] } = {},
) {
  const bytes = Buffer.from(content);
  const context = contextOf(
    {},
    Array.from({ length: columns }, (_, at) => `c${at}`),
    bytes,
  );
  const expected = await outcome('csv-parse', context, [bytes]);
  for (const size of how.sizes ?? [bytes.length])
    expect(await outcome('scanner', context, [...piecesOf(bytes, size)]), `in ${size}`).to.deep.equal(
      expected,
    );
  for (const cut of how.cuts ?? [])
    expect(
      await outcome('scanner', context, [bytes.subarray(0, cut), bytes.subarray(cut)]),
      `cut at ${cut}`,
    ).to.deep.equal(expected);
  return expected;
}

describe('parse/scanner', () => {
  it('finds what means something at every place of the bytes that are looked at together', async () => {
    for (const length of LENGTHS) {
      const text = 'x'.repeat(length);
      const sizes = length < 100 ? [16, 61] : [4000, 4096];
      const values = [text, `"${text}"`, `"${text},${text}"`, `"${text}""${text}"`, `"""${text}"""`];
      const wide = [`"${text}\r\n${text}"`, `"${text}\r${text}\n"`, `"\n${text}"`, `"${text}"",""${text}"`];
      for (const end of ['\n', '\r', '\r\n']) {
        const rows = [...values, ...wide].flatMap((value) => [
          `${value},1`,
          `1,${value}`,
          `${value},${value}`,
        ]);
        await expectAlike(`a,b${end}${rows.join(end)}${end}`, 2, { sizes: [1 << 20, ...sizes] });
      }
    }
  });

  it('refuses at every place what csv-parse refuses', async () => {
    for (const length of LENGTHS) {
      const text = 'x'.repeat(length);
      for (const value of [`x${text}"`, `${text}x"y"`, `"${text}"x`, `"${text}" `, `"${text}""`, `"${text}`])
        await expectAlike(`a,b\n1,2\n${value},3\n4,5\n`, 2, { sizes: [1 << 20, 7 + length] });
    }
  });

  it('goes on wherever the file was cut in two', async () => {
    const content =
      'a,b,c\r\n1,"two ""2"", and\r\nmore\r",3\r\n\r\n4,Zoë 李 😀,"😀""’"\r5,6\n7,"",""\n"","""",8\n9,10,eleven and twelve and more\r';
    const bytes = Buffer.from(content);
    const cuts = Array.from({ length: bytes.length + 1 }, (_, at) => at);
    await expectAlike(bytes, 3, { cuts });
    for (const end of [1, 2, 3, 4]) await expectAlike(bytes.subarray(0, bytes.length - end), 3, { cuts });
  });

  it('reads files that end in every way', async () => {
    for (const end of [
      '',
      '\r',
      '\n',
      '\r\n',
      '\r\r',
      '\n\r',
      '\r\n\r',
      ',',
      ',\r',
      '""',
      '"\r"',
      '"',
      '"\r',
    ])
      for (const row of ['', '1,2', '1,"2"', '1,'])
        await expectAlike(`a,b\r\n${row}${end}`, 2, { sizes: [1, 2, 3, 100] });
  });

  it('takes records as long as they may be, and no longer', async () => {
    for (const beyond of [-2, -1, 0, 1, 2, 40])
      for (const row of [(text: string) => `1,${text}\n`, (text: string) => `1,"${text}"\n`]) {
        const bytes = LONGEST_RECORD_BYTES + beyond - row('').length;
        const content = `a,b\n1,2\n${row('y'.repeat(bytes))}3,4\n`;
        await expectAlike(content, 2, { sizes: [content.length, 1 << 17, 1_000_003] });
      }
  });

  for (const columns of [1, 2, 64, 300])
    it(`reads rows of ${columns} columns, also of fewer and of more`, async () => {
      const row = (count: number, row: number) =>
        Array.from({ length: count }, (_, at) => `${row + at}`).join();
      const rows = Array.from({ length: 50 }, (_, at) =>
        row(at % 7 === 6 ? columns + (at % 3) - 1 : columns, at),
      );
      await expectAlike(`${row(columns, 0)}\n${rows.join('\n')}\n`, columns, { sizes: [13, 100, 1 << 20] });
    });

  for (const [columns, rows] of [
    [1, 40_000],
    [300, 4_000],
  ] as const)
    it(`reads ${rows} rows of ${columns} columns that come at once, more than it finds at once`, async () => {
      const names = Array.from({ length: columns }, (_, at) => `c${at}`);
      const textOf = (row: number) => `${row}${','.repeat(columns - 1)}`;
      const lines = Array.from({ length: rows }, (_, row) => textOf(row));
      const content = Buffer.from(`${names}\n${lines.join('\n')}\n`);
      const context = contextOf({}, names, content);
      const numbering = openNumbering(context);
      await openScannedRecords(context, numbering).write(content);
      const batches = numbering.drain();
      expect(batches.length).to.be.above(1);
      const found = batches.flatMap((batch) => batch.rows());
      expect(found.map(({ values }) => values.join())).to.deep.equal(lines);
      expect(found.map(({ row, line }) => line - row)).to.deep.equal(lines.map(() => 1));
    });

  it('reads a record of delimiters alone', async () => {
    await expectAlike(`a,b\n1,2\n${','.repeat(900_000)}\n3,4\n`, 2, { sizes: [1 << 20, 1 << 17] });
  });

  it('reads as csv-parse does what is long enough to be looked at in several steps (property)', async function () {
    this.timeout(FILES * 60);
    const piece = fc.oneof(
      fc.nat(40).map((length) => 'z'.repeat(length)),
      fc.constantFrom('é', '李', '😀', ' ', '""', '\r\n', '\n', '\r', ','),
    );
    const plain = fc
      .array(piece, { maxLength: 5 })
      .map((parts) => parts.join('').replaceAll(/[\r\n",]/g, ''));
    const quoted = fc.array(piece, { maxLength: 5 }).map((parts) => `"${parts.join('')}"`);
    const row = fc.tuple(
      fc.oneof(plain, quoted),
      fc.oneof(plain, quoted),
      fc.constantFrom('\n', '\r\n', '\r'),
    );
    const stray = fc.record({ at: fc.nat(400), text: fc.constantFrom('"', ',', '\n', '\r', '"\n') });
    const file = fc.record({
      rows: fc.array(row, { maxLength: 12 }),
      stray: fc.option(stray, { freq: 3 }),
      size: fc.integer({ min: 1, max: 80 }),
    });
    await fc.assert(
      fc.asyncProperty(file, async ({ rows, stray, size }) => {
        const text = `a,b\n${rows.map(([one, other, end]) => `${one},${other}${end}`).join('')}`;
        const whole = stray ? text.slice(0, stray.at) + stray.text + text.slice(stray.at) : text;
        await expectAlike(whole, 2, { sizes: [1 << 20, size] });
      }),
      { numRuns: FILES },
    );
  });

  it('lets several files take turns', async () => {
    const content = Buffer.from(`a,b\n${'1,"two, and ""three"""\n'.repeat(50)}`);
    const context = contextOf({}, ['a', 'b'], content);
    const expected = await outcome('csv-parse', context, [content]);
    const readers = [7, 11, 64].map((size) => {
      const numbering = openNumbering(context);
      return {
        numbering,
        reader: openScannedRecords(context, numbering),
        pieces: [...piecesOf(content, size)],
      };
    });
    for (let turn = 0; readers.some(({ pieces }) => turn < pieces.length); turn++)
      for (const { reader, pieces } of readers) await reader.write(pieces[turn] ?? Buffer.alloc(0));
    for (const { numbering, reader } of readers) {
      await reader.end();
      expect({
        rows: numbering.drain().flatMap((batch) => batch.rows()),
        above: numbering.above(),
        isCut: false,
      }).to.deep.equal(expected);
    }
  });

  it('leaves all to csv-parse where the machine does not give the memory', async () => {
    const room = new URL('../../src/parse/', import.meta.url).href;
    const script = `
      const { Memory } = WebAssembly;
      WebAssembly.Memory = class extends Memory { constructor(pages) { if (pages.initial > 10) throw new RangeError('no memory'); super(pages); } };
      const { readBatches, readerOf } = await import('${room}read-rows.ts');
      const { readSchema } = await import('${room}schema.ts');
      const bytes = { encoding: 'utf-8', bomBytes: 0, sizeBytes: 12, suspect: false, hasNul: false, isPackable: true };
      const read = readSchema.parse({});
      const context = { file: 'a.csv', read, delimiter: ',', columns: ['a', 'b'], bytes, notices: [] };
      async function* chunks() { yield Buffer.from('a,b\\n1,"2"\\n'); }
      const rows = [];
      for await (const batch of readBatches(chunks(), context)) rows.push(...batch.rows());
      console.log(JSON.stringify([readerOf(context), rows.map(({ values }) => values)]));`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
    expect(JSON.parse(stdout)).to.deep.equal(['csv-parse', [['1', '2']]]);
  });
});
