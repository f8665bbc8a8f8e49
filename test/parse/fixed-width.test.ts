import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { AppError } from '../../src/errors/app-error.ts';
import { openInput } from '../../src/parse/open-input.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';

const COLUMNS = [
  ['id', 1, 6],
  ['name', 7, 8],
  ['grade', 16, 2],
];

describe('read.fixed_width', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-fixed-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function open(content: string | Uint8Array, read: object = {}) {
    const path = join(folder, 'students.txt');
    await writeFile(path, content);
    const settings = readSchema.parse({ fixed_width: COLUMNS, ...read });
    return openInput({ path, file: 'students.txt', read: settings, wanted: [] });
  }
  async function rowsOf(content: string | Uint8Array, read: object = {}): Promise<SourceRow[]> {
    const rows: SourceRow[] = [];
    for await (const batch of (await open(content, read)).batches()) rows.push(...batch);
    return rows;
  }
  const valuesOf = async (content: string | Uint8Array, read: object = {}) =>
    (await rowsOf(content, read)).map((row) => row.values);
  async function codeOf(content: string): Promise<string> {
    try {
      await rowsOf(content);
    } catch (error) {
      if (error instanceof AppError) return error.code;
      throw error;
    }
    return 'none';
  }

  it('cuts each line into its columns, keeps zeros and spaces in front, and trims the end', async () => {
    expect(await valuesOf('004711Cruz     K \n  4712O, "B"   12\n')).to.deep.equal([
      ['004711', 'Cruz', 'K'],
      ['  4712', 'O, "B"', '12'],
    ]);
  });

  it('knows its columns by name, and says of what kind the file is', async () => {
    const input = await open('004711Cruz     05\n');
    const grade = input.header.find('grade', 'identity.grade');
    for await (const [row] of input.batches()) if (row) expect(grade(row.values)).to.equal('05');
    expect([input.header.columns, input.delimiter]).to.deep.equal([['id', 'name', 'grade'], 'fixed_width']);
    input.header.find('school', 'identity.school');
    expect(input.header.mistakes()[0]?.message).to.include('id, name, grade');
  });

  it('gives each row its number and line, blank lines and lines above aside', async () => {
    const text = 'REPORT\r\n004711Cruz     05\r\n\r\n   \r\n004712Lee      06\r\n';
    const rows = await rowsOf(text, { skip_lines: 1 });
    expect(rows.map(({ row, line }) => [row, line])).to.deep.equal([
      [1, 2],
      [2, 5],
    ]);
  });

  it('takes a first line with the names of the columns for the header', async () => {
    expect(
      await valuesOf('ID    Name    Gr\n', {
        fixed_width: [
          ['id', 1, 6],
          ['name', 7, 8],
          ['grade', 15, 2],
        ],
      }),
    ).to.be.deep.equal([]);
    const rows = await rowsOf('id    name     gr\n004711Cruz     05\n');
    expect(rows.map(({ row, line }) => [row, line])).to.deep.equal([[1, 2]]);
  });

  it('may name the same characters twice, and leave some out', async () => {
    const columns = [
      ['last', 3, 2],
      ['all', 1, 4],
    ];
    expect(await valuesOf('abcdXX\n', { fixed_width: [...columns, ['rest', 5, 2]] })).to.deep.equal([
      ['cd', 'abcd', 'XX'],
    ]);
  });

  it('counts characters and not bytes', async () => {
    const text = '004711Núñez 😀  05\n';
    expect(await valuesOf(text)).to.deep.equal([['004711', 'Núñez 😀', '05']]);
    expect(await valuesOf(iconv.encode(text, 'utf-16le', { addBOM: true }))).to.deep.equal([
      ['004711', 'Núñez 😀', '05'],
    ]);
    expect(await valuesOf(iconv.encode('004711Núñez    05\n', 'windows-1252'))).to.deep.equal([
      ['004711', 'Núñez', '05'],
    ]);
  });

  it('rejects a line that ends before its last column, or goes on behind it, and goes on', async () => {
    const lines = [
      '004711Cruz',
      '004712Lee      06',
      '004713Ng       06X',
      '004714Ng       06   ',
      '004715Ng       6',
    ];
    const rows = await rowsOf(`${lines.join('\n')}\n`);
    expect(rows.map((row) => row.flaw?.code)).to.deep.equal([
      'field_count',
      undefined,
      'field_count',
      undefined,
      undefined,
    ]);
    expect(rows[0]?.values).to.deep.equal(['004711', 'Cruz', '']);
    expect(rows[0]?.flaw?.message).to.match(/10 characters.*16/);
  });

  it('rejects lines with bytes that are no text, and with NUL', async () => {
    const good = Buffer.from('004711José     05\n004712Zoë      05\n');
    const bad = Buffer.from('004713Jos\xe9     05\n004714a\0       05\n', 'latin1');
    const rows = await rowsOf(Buffer.concat([good, bad]));
    expect(rows.map((row) => row.flaw?.code)).to.deep.equal([
      undefined,
      undefined,
      'bad_encoding',
      'nul_character',
    ]);
  });

  it('refuses a file that was cut, and one with a line that never ends', async () => {
    expect(await codeOf('004711Cruz     05\n004712Le')).to.equal('truncated_file');
    expect(await codeOf(`004711Cruz     05\n${'x'.repeat(3 << 20)}`)).to.equal('record_too_long');
    const input = await open('004711Cruz     05');
    for await (const _ of input.batches());
    expect(input.notices.map(({ code }) => code)).to.deep.equal(['no_final_line_end']);
  });

  it('takes footers away and counts', async () => {
    const text = '004711Cruz     05\n004712Lee      06\n  TRAILER 2\n';
    expect(await valuesOf(text, { footer: { starts_with: 'TRAILER', count: true } })).to.have.length(2);
    expect(await valuesOf(text, { null: ['05'], footer: { lines: 1 } })).to.deep.include([
      '004711',
      'Cruz',
      '',
    ]);
  });

  it('is taken from a mapping only as it can be meant', () => {
    const wrong = [
      { fixed_width: [] },
      { fixed_width: [['id', 0, 3]] },
      { fixed_width: [['id', 1, 0]] },
      { fixed_width: [['id', 1]] },
      {
        fixed_width: [
          ['id', 1, 3],
          ['id', 4, 3],
        ],
      },
      { fixed_width: COLUMNS, header: ['id'] },
      { fixed_width: COLUMNS, delimiter: ',' },
    ];
    for (const read of wrong)
      expect(readSchema.safeParse(read).success, JSON.stringify(read)).to.equal(false);
  });

  it('reads what was padded, wherever blocks end (property)', async () => {
    const value = (length: number) =>
      fc
        .string({ maxLength: length, unit: fc.constantFrom('a', ' ', '0', 'é', '"', ',') })
        .map((text) => text.trimEnd());
    const row = fc.tuple(
      value(6).filter((id) => id !== ''),
      value(9),
      value(2).filter((text) => text !== ''),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 6 }),
        fc.constantFrom('\n', '\r\n', '\r'),
        async (rows, eol) => {
          const many = Array.from({ length: 700 }, () => rows).flat();
          const lines = many.map(([id, name, grade]) => id.padEnd(6) + name.padEnd(9) + grade.padEnd(2));
          const columns = [
            ['id', 1, 6],
            ['name', 7, 9],
            ['grade', 16, 2],
          ];
          expect(await valuesOf(lines.join(eol) + eol, { fixed_width: columns })).to.deep.equal(many);
        },
      ),
      { numRuns: 30 },
    );
  });
});
