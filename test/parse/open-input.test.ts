import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { fingerprintOf } from '../../src/bytewise/fingerprint.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { type InputFile, openInput } from '../../src/parse/open-input.ts';
import { readSchema } from '../../src/parse/schema.ts';
import type { SourceRow } from '../../src/vocabulary/row.ts';

let folder: string;
async function open(
  content: string | Uint8Array,
  read: object = {},
  wanted: string[] = [],
): Promise<InputFile> {
  const path = join(folder, 'students.csv');
  await writeFile(path, content);
  return openInput({ path, file: 'students.csv', read: readSchema.parse(read), wanted });
}

async function rowsOf(content: string | Uint8Array, read: object = {}): Promise<SourceRow[]> {
  const rows: SourceRow[] = [];
  for await (const batch of (await open(content, read)).batches()) rows.push(...batch);
  return rows;
}

async function refusal(content: string | Uint8Array, read: object = {}): Promise<AppError> {
  try {
    await rowsOf(content, read);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('was read without an error');
}

const aRow = (row: number, line: number, values: string[]): SourceRow => ({
  row,
  line,
  values,
  fingerprint: fingerprintOf(values.join('\u001f')),
});
const values = (rows: SourceRow[]) => rows.map((row) => row.values);

/** As the vocabulary promises it. */

describe('parse', () => {
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-'));
  });
  after(() => rm(folder, { recursive: true }));

  describe('openInput: rows and lines', () => {
    it('gives each row its number, first line and values', async () => {
      const rows = await rowsOf('id,name\r\n1,Ann\r\n2,"Two\r\nlines"\r\n\r\n3,"a ""b"""\r\n');
      expect(rows).to.deep.equal([
        aRow(1, 2, ['1', 'Ann']),
        aRow(2, 3, ['2', 'Two\r\nlines']),
        aRow(3, 6, ['3', 'a "b"']),
      ]);
    });

    it('reads LF, CRLF and CR in one file', async () => {
      const rows = await rowsOf('id,name\n1,a\r\n2,b\r3,c\n');
      expect(values(rows)).to.deep.equal([
        ['1', 'a'],
        ['2', 'b'],
        ['3', 'c'],
      ]);
      expect(rows.map((row) => row.line)).to.deep.equal([2, 3, 4]);
    });

    it('keeps white space, leading zeros and the word NULL', async () => {
      expect(values(await rowsOf('id,zip\n 007 ,NULL\n'))).to.deep.equal([[' 007 ', 'NULL']]);
      expect(values(await rowsOf('id,zip\n 007 ,NULL\n', { null: ['NULL'] }))).to.deep.equal([[' 007 ', '']]);
    });

    it('takes names from the mapping where the file has no header', async () => {
      const input = await open('1,Ann\n', { header: ['id', 'name'] });
      expect(input.header.columns).to.deep.equal(['id', 'name']);
      expect(await rowsOf('1,Ann\n', { header: ['id', 'name'] })).to.deep.equal([aRow(1, 1, ['1', 'Ann'])]);
    });

    it('skips report lines above the header and still counts lines from the top of the file', async () => {
      const rows = await rowsOf('Report\nMade today\nid,name\n1,Ann\n', { skip_lines: 2 });
      expect(rows).to.deep.equal([aRow(1, 4, ['1', 'Ann'])]);
    });

    it('numbers lines right wherever line ends stand (property)', async () => {
      const cell = fc
        .array(fc.constantFrom('a', '"', ',', '\n', '\r\n', 'é'), { maxLength: 4 })
        .map((parts) => parts.join(''));
      const table = fc.array(
        fc.tuple(fc.string({ minLength: 1, maxLength: 3, unit: fc.constantFrom('x', 'y') }), cell),
        { minLength: 1, maxLength: 12 },
      );
      await fc.assert(
        fc.asyncProperty(table, fc.constantFrom('\n', '\r\n'), async (cells, eol) => {
          const quoted = cells.map((row) => row.map((value) => `"${value.replaceAll('"', '""')}"`).join(','));
          const rows = await rowsOf(['id,note', ...quoted].join(eol) + eol);
          let line = 2;
          for (const [index, cellsOfRow] of cells.entries()) {
            expect(rows[index]).to.deep.equal(aRow(index + 1, line, cellsOfRow));
            line += 1 + (cellsOfRow[1].match(/\r\n|\n|\r/g)?.length ?? 0);
          }
        }),
        { numRuns: 100 },
      );
    });

    it('reads across chunk boundaries', async () => {
      const many = Array.from({ length: 9000 }, (_, index) => `${index},"é, ${'x'.repeat(index % 40)}\n"`);
      const rows = await rowsOf(['id,note', ...many].join('\n'));
      expect(rows).to.have.length(9000);
      expect(rows.at(-1)?.values[0]).to.equal('8999');
      expect(rows.at(-1)?.line).to.equal(2 + 8999 * 2);
    });
  });

  describe('openInput: encodings', () => {
    const text = 'id,name\r\n1,O’Brien – Nuñez €\r\n';
    const cases: [string, Buffer, string][] = [
      ['UTF-8', Buffer.from(text), 'utf-8'],
      ['UTF-8 with a mark', Buffer.from(`\ufeff${text}`), 'utf-8'],
      ['UTF-16LE with a mark', iconv.encode(text, 'utf-16le', { addBOM: true }), 'utf-16le'],
      ['UTF-16BE with a mark', iconv.encode(text, 'utf-16be', { addBOM: true }), 'utf-16be'],
      ['UTF-16LE without a mark', iconv.encode(text, 'utf-16le', { addBOM: false }), 'utf-16le'],
      ['Windows-1252', iconv.encode(text, 'windows-1252'), 'windows-1252'],
    ];
    for (const [name, bytes, encoding] of cases) {
      it(`recognises ${name}`, async () => {
        const input = await open(bytes);
        expect(input.encoding).to.equal(encoding);
        expect(input.header.columns).to.deep.equal(['id', 'name']);
        expect(values(await rowsOf(bytes))).to.deep.equal([['1', 'O’Brien – Nuñez €']]);
      });
    }

    it('reads every character of the upper half of Windows-1252, and refuses rows with the five that are none', async () => {
      for (let byte = 0x80; byte <= 0xff; byte++) {
        const rows = await rowsOf(
          Buffer.concat([Buffer.from('id,name\n1,'), Buffer.from([byte]), Buffer.from('x\n')]),
        );
        const undefinedBytes = [0x81, 0x8d, 0x8f, 0x90, 0x9d];
        if (undefinedBytes.includes(byte)) expect(rows[0]?.flaw?.code).to.equal('bad_encoding');
        else expect(rows[0]?.values[1]).to.equal(`${iconv.decode(Buffer.from([byte]), 'windows-1252')}x`);
      }
    });

    it('rejects only the rows whose bytes are damaged in a file that is UTF-8 otherwise', async () => {
      const good = Buffer.from('id,name\n1,José\n2,Zoë\n3,Núñez\n');
      const rows = await rowsOf(
        Buffer.concat([good, Buffer.from([0x34, 0x2c, 0xe9, 0x0a]), Buffer.from('5,Ann\n')]),
      );
      expect(rows.map((row) => row.flaw?.code)).to.deep.equal([
        undefined,
        undefined,
        undefined,
        'bad_encoding',
        undefined,
      ]);
    });

    it('finds the encoding in the last row of a large file', async () => {
      const many = Buffer.from(`id,name\n${'1,Ann\n'.repeat(400_000)}`);
      const input = await open(
        Buffer.concat([many, Buffer.from('2,Jos'), Buffer.from([0xe9]), Buffer.from('\n')]),
      );
      expect(input.encoding).to.equal('windows-1252');
    });

    it('rejects a row with a NUL character', async () => {
      const rows = await rowsOf('id,name\n1,a\u0000b\n2,c\n');
      expect(rows.map((row) => row.flaw?.code)).to.deep.equal(['nul_character', undefined]);
    });
  });

  describe('openInput: delimiters and headers', () => {
    for (const delimiter of [',', '\t', '|', ';']) {
      it(`recognises ${JSON.stringify(delimiter)}`, async () => {
        const input = await open(['id', '"last, first; a|b"', 'x'].join(delimiter).concat('\n'), {}, [
          'id',
          'x',
        ]);
        expect(input.delimiter).to.equal(delimiter);
        expect(input.header.columns).to.have.length(3);
      });
    }

    it('finds columns by name, by the first name that exists, and trims invisible characters', async () => {
      const input = await open('\ufeff Student_Number ,\u200bLast Name\n1,Lee\n');
      const id = input.header.find('Student_Number', 'identity.id');
      const last = input.header.find(['LastName', 'Last Name'], 'lname');
      expect([id(['1', 'Lee']), last(['1', 'Lee'])]).to.deep.equal(['1', 'Lee']);
      expect(input.header.mistakes()).to.deep.equal([]);
      expect(input.header.unused()).to.deep.equal([]);
    });

    it('names every missing column, what needs it, and what the header has', async () => {
      const input = await open('id,name\n1,Lee\n');
      input.header.find('DOB', 'students.DOB');
      input.header.find(['Sex', 'Gender'], 'students.gender');
      const [first, second] = input.header.mistakes();
      expect(first?.code).to.equal('missing_column');
      expect(first?.place).to.deep.equal({ file: 'students.csv', line: 1, column: 1 });
      expect(first?.message).to.include('"DOB"').and.include('students.DOB').and.include('id, name');
      expect(second?.message).to.include('"Sex" or "Gender"');
    });

    it('refuses a column that is used and stands in the header twice', async () => {
      const input = await open('id,name,id\n1,Lee,2\n');
      expect(input.notices.map((notice) => notice.code)).to.deep.equal(['repeated_column']);
      input.header.find('id', 'identity.id');
      const [mistake] = input.header.mistakes();
      expect(mistake?.code).to.equal('duplicate_column');
      expect(mistake?.place).to.deep.equal({ file: 'students.csv', line: 1, column: 3 });
    });

    it('refuses a file without a byte and a file with only a mark', async () => {
      expect((await refusal('')).code).to.equal('empty_file');
      expect((await refusal('\ufeff')).code).to.equal('empty_file');
      expect((await refusal('\n\n')).code).to.equal('empty_file');
    });

    it('reads a file with nothing but a header', async () => {
      expect(await rowsOf('id,name\n')).to.deep.equal([]);
    });
  });

  describe('openInput: broken files', () => {
    it('names the row where an unclosed quote is opened, though the file goes on for 100,000 rows', async () => {
      const error = await refusal(`id,name\n1,Ann\n2,"O\n${'3,Bob\n'.repeat(100_000)}`);
      expect([error.code, error.place]).to.deep.equal([
        'unclosed_quote',
        { file: 'students.csv', line: 3, column: 2 },
      ]);
      expect(error.message).to.include('name');
    });

    it('names the start of a record whose quote is open at the end of the file', async () => {
      const error = await refusal('id,name\n1,Ann\n2,"O\n3,Bob\n');
      expect([error.code, error.place?.line]).to.deep.equal(['unclosed_quote', 3]);
    });

    it('refuses a quote in the middle of a value and says nothing of the value', async () => {
      const error = await refusal('id,name\n1,CANARY"x\n');
      expect([error.code, error.place?.line, error.place?.column]).to.deep.equal(['malformed_quote', 2, 2]);
      expect(`${error.message}${error.hint}`).not.to.include('CANARY');
    });

    it('refuses a row that never ends, quickly', async () => {
      const error = await refusal(`id,name\n1,${'x'.repeat(3 << 20)}\n`);
      expect([error.code, error.place?.line]).to.deep.equal(['record_too_long', 2]);
    });

    it('refuses a file that was cut in its last row', async () => {
      const error = await refusal('id,name,zip\n1,Ann,02138\n2,Bo');
      expect([error.code, error.place]).to.deep.equal([
        'truncated_file',
        { file: 'students.csv', line: 3, column: 2 },
      ]);
    });

    it('remarks that a last row without a line end may be cut in its last column', async () => {
      const input = await open('id,name\n1,Ann');
      for await (const _ of input.batches());
      expect(input.notices.map((notice) => notice.code)).to.deep.equal(['no_final_line_end']);
    });

    it('rejects a row with too many or too few fields and goes on', async () => {
      const rows = await rowsOf('id,name\n1\n2,Ann,x\n3,Bob\n');
      expect(rows.map((row) => row.flaw?.code)).to.deep.equal(['field_count', 'field_count', undefined]);
    });
  });
});
