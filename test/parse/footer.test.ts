import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { openFooter } from '../../src/parse/footer.ts';
import { openInput } from '../../src/parse/open-input.ts';
import { readSchema } from '../../src/parse/schema.ts';

describe('read.footer', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-footer-'));
  });
  after(() => rm(folder, { recursive: true }));

  /** The ids of the rows, or the code of the refusal and its place. */
  async function idsOf(content: string, footer: object, more: object = {}): Promise<unknown> {
    try {
      const path = join(folder, 'students.csv');
      await writeFile(path, content);
      const read = readSchema.parse({ ...more, footer });
      const input = await openInput({ path, file: 'students.csv', read, wanted: ['id'] });
      const ids: string[] = [];
      for await (const batch of input.batches()) ids.push(...batch.map((row) => row.values[0] ?? ''));
      expect(input.notices).to.deep.equal([]);
      return ids;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      expect(`${error.message}${error.hint}`).not.to.include('CANARY');
      return { code: error.code, line: error.place?.line, message: error.message };
    }
  }
  const codeOf = async (...asked: Parameters<typeof idsOf>) => {
    const answer = await idsOf(...asked);
    return typeof answer === 'object' && answer && 'code' in answer ? answer.code : answer;
  };

  const ROWS = 'id,name\nS1,Ann\nS2,CANARY\n';
  const whole: [what: string, content: string, footer: object, more?: object][] = [
    ['one line', `${ROWS}Rows: 2\n`, { lines: 1 }],
    ['one line without a line end', `${ROWS}Rows: 2`, { lines: 1 }],
    ['two lines, blank ones about them', `${ROWS}\n***END***\r\n\r\nRows: 2\n\n \n`, { lines: 2 }],
    ['lines that end with CR', `${ROWS}Rows: 2\n`.replaceAll('\n', '\r'), { lines: 1 }],
    ['a line that is no CSV', `${ROWS}5" of "rain\n`, { lines: 1 }],
    ['a mark', `${ROWS}***END OF FILE***\n`, { starts_with: '***END' }],
    ['a mark in quotes', `${ROWS}"***END OF FILE***",\n`, { starts_with: '***END' }],
    ['a mark with space in front and a line behind', `${ROWS}  ***END\nBye\n`, { starts_with: '***END' }],
    ['a mark that is written with its quotes', `${ROWS}"Rows:","2"\n`, { starts_with: '"Rows:"' }],
    ['a count', `${ROWS}"Rows:","2"\n`, { lines: 1, count: true }],
    [
      'a count on another line than the mark',
      `${ROWS}***END\nRows: 2\n`,
      { starts_with: '***', count: true },
    ],
    ['a count of a pattern', `${ROWS}TRAILER|20261122|2\n`, { lines: 1, count: '\\|(\\d+)$' }],
    ['a count of lines', `${ROWS}EOF 4\n`, { starts_with: 'EOF', count: true, not_rows: 2 }],
    ['semicolons', `${ROWS.replaceAll(',', ';')}END;2;;\n`, { starts_with: 'END', count: true }],
    ['lines above the header', `BOF\n${ROWS}EOF 2\n`, { lines: 1, count: true }, { skip_lines: 1 }],
  ];
  for (const [what, content, footer, more] of whole)
    it(`is no data: ${what}`, async () => {
      expect(await idsOf(content, footer, more)).to.deep.equal(['S1', 'S2']);
    });

  it('reads counts with signs between the thousands', async () => {
    const rows = `id,name\n${'S1,Ann\n'.repeat(1234)}`;
    for (const written of ['1234', '1,234', '1.234', '1 234', '0001234'])
      expect(
        await idsOf(`${rows}Rows: ${written}\n`, { lines: 1, count: 'Rows: (.+)' }),
        written,
      ).to.have.length(1234);
    expect(await idsOf(`${rows}Rows: 1,234\n`, { lines: 1, count: true })).to.have.length(1234);
  });

  const refused: [what: string, code: string, content: string, footer: object][] = [
    ['a wrong count', 'not_a_number_of_rows', `${ROWS}Rows: 3\n`, { lines: 1, count: true }],
    ['no count', 'not_a_number_of_rows', `${ROWS}Bye\n`, { lines: 1, count: true }],
    ['two counts', 'not_a_number_of_rows', `${ROWS}EOF 2 20261122\n`, { lines: 1, count: true }],
    [
      'a pattern that does not fit',
      'not_a_number_of_rows',
      `${ROWS}EOF 2\n`,
      { lines: 1, count: 'Rows (\\d+)' },
    ],
    [
      'a pattern that fits no number',
      'not_a_number_of_rows',
      `${ROWS}EOF x\n`,
      { lines: 1, count: 'EOF (.*)' },
    ],
    ['no mark', 'truncated_file', ROWS, { starts_with: '***END' }],
    ['a mark that is cut', 'truncated_file', `${ROWS}***E`, { starts_with: '***END' }],
    ['a header alone', 'truncated_file', 'id,name\n', { lines: 1 }],
    ['too few lines', 'truncated_file', 'id,name\nEND\n', { lines: 2 }],
    ['a row in place of a line', 'truncated_file', `${ROWS}S3,Bo`, { lines: 1 }],
    ['rows behind the mark', 'rows_after_footer', `${ROWS}***END\nS3,CANARY\n`, { starts_with: '***END' }],
    [
      'much behind the mark',
      'rows_after_footer',
      `${ROWS}***END\n${'x\n'.repeat(30)}`,
      { starts_with: '***END' },
    ],
    ['a long end', 'rows_after_footer', `${ROWS}***END\n${'x'.repeat(1 << 17)}`, { starts_with: '***END' }],
  ];
  for (const [what, code, content, footer] of refused)
    it(`stops the run: ${what}`, async () => {
      expect(await codeOf(content, footer)).to.equal(code);
    });

  it('says where, how many the footer states and how many there are', async () => {
    const refusal = await idsOf(`${ROWS}\nRows: 3\n`, { lines: 1, count: true });
    expect(refusal).to.deep.include({ line: 5 });
    expect(refusal)
      .to.have.property('message')
      .that.matches(/states 3 rows.* 2\b/);
  });

  it('counts rows that are rejected too', async () => {
    expect(await idsOf('id,name\nS1\nS2,Ann\n2 rows\n', { lines: 1, count: true })).to.have.length(2);
  });

  it('is taken from a mapping only as it can be meant', () => {
    const wrong = [
      {},
      { lines: 1, starts_with: 'x' },
      { lines: 0 },
      { lines: 1, count: '\\d+' },
      { lines: 1, count: '(' },
    ];
    for (const footer of wrong)
      expect(readSchema.safeParse({ footer }).success, JSON.stringify(footer)).to.equal(false);
  });

  it('takes away the same however the bytes are cut into chunks, and holds back little (property)', async () => {
    const line = fc.constantFrom('a,b', '', '  ', 'x', '"q"', '***EN', 'é');
    const eol = fc.constantFrom('\n', '\r\n', '\r');
    const body = fc.array(fc.tuple(line, eol), { maxLength: 12 });
    const cuts = fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(body, eol, cuts, fc.integer({ min: 1, max: 3 }), async (lines, end, sizes, count) => {
        const data = `id,name${end}${lines.map((pair) => pair.join('')).join('')}`;
        const last = Array.from({ length: count }, (_, at) => `***END ${at}`).join(end);
        for (const footer of [{ lines: count }, { starts_with: '***END' }]) {
          const found = await strip(Buffer.from(data + last + end), sizes, footer);
          expect(found).to.equal(data);
        }
      }),
    );
  });

  async function strip(bytes: Buffer, sizes: readonly number[], footer: object): Promise<string> {
    async function* chunks() {
      for (let at = 0, turn = 0; at < bytes.length; turn++) {
        const size = sizes[turn % sizes.length] ?? 1;
        yield bytes.subarray(at, at + size);
        at += size;
      }
    }
    const read = readSchema.parse({ footer });
    const opened = openFooter({ file: 'students.csv', read, delimiter: ',', columns: ['id', 'name'] });
    const parts: Buffer[] = [];
    for await (const part of opened.without(chunks())) parts.push(Buffer.from(part));
    return Buffer.concat(parts).toString();
  }
});
