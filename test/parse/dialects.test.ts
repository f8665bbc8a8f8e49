import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { type InputFile, openInput } from '../../src/parse/open-input.ts';
import { readSchema } from '../../src/parse/schema.ts';

describe('read: dialects', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'parse-dialects-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function open(content: string | Uint8Array, read: object): Promise<InputFile> {
    const path = join(folder, 'students.csv');
    await writeFile(path, content);
    return openInput({ path, file: 'students.csv', read: readSchema.parse(read), wanted: [] });
  }

  async function valuesOf(content: string | Uint8Array, read: object = {}): Promise<(readonly string[])[]> {
    const values: (readonly string[])[] = [];
    for await (const batch of (await open(content, read)).batches())
      values.push(...batch.map((row) => row.values));
    return values;
  }

  const whyNot = (read: object) =>
    readSchema.safeParse(read).error?.issues.map(({ message, path }) => `${path.join('.')}: ${message}`);

  it('knows the quotes by their names too', () => {
    const quotes = ['double', 'single', 'none', '"', "'"].map((quote) => readSchema.parse({ quote }).quote);
    expect(quotes).to.deep.equal(['"', "'", 'none', '"', "'"]);
  });

  it('reads single quotes, doubled inside, and leaves double quotes alone', async () => {
    const text = "id,name\n1,'O''Brien, \"Pat\"'\n2,'two\nlines'\n";
    expect(await valuesOf(text, { quote: 'single' })).to.deep.equal([
      ['1', 'O\'Brien, "Pat"'],
      ['2', 'two\nlines'],
    ]);
  });

  it('tells the delimiter of a header in single quotes', async () => {
    const input = await open("'Last, First, Middle'|'a\n;;;;b'|id\n", { quote: "'" });
    expect([input.delimiter, input.header.columns]).to.deep.equal([
      '|',
      ['Last, First, Middle', 'a\n;;;;b', 'id'],
    ]);
  });

  it('takes every quote for a character where there are none', async () => {
    const text = 'id|"name\n1|5\'2" tall\n2|"Al" Ng\n3|"\n';
    expect(await valuesOf(text, { quote: 'none' })).to.deep.equal([
      ['1', '5\'2" tall'],
      ['2', '"Al" Ng'],
      ['3', '"'],
    ]);
  });

  it('reads backslash escapes inside quotes, of quotes, backslashes and line ends', async () => {
    const text = 'id,name\n1,"Jo \\"Joey\\" Lee"\n2,"C:\\\\dir"\n3,"a\\\r\nb"\n4,C:\\dir\n';
    expect(await valuesOf(text, { escape: 'backslash' })).to.deep.equal([
      ['1', 'Jo "Joey" Lee'],
      ['2', 'C:\\dir'],
      ['3', 'a\r\nb'],
      ['4', 'C:\\dir'],
    ]);
  });

  it('refuses settings that contradict each other', () => {
    expect(whyNot({ quote: 'none', escape: 'backslash' })?.[0]).to.match(/^escape: .*quote/);
    expect(whyNot({ quote: "'", delimiter: "'" })?.[0]).to.match(/^delimiter: .*quote/);
    expect(whyNot({ header: ['id', 'id'] })?.[0]).to.match(/^header: .*"id" twice/);
  });

  for (const [eol, name] of [
    ['\n', 'LF'],
    ['\r\n', 'CRLF'],
    ['\r', 'CR'],
  ] as const)
    it(`skips lines that end with ${name}`, async () => {
      const text = ['Report', '', 'id,name', '1,Ann', '2,Bob', ''].join(eol);
      const read = { skip_lines: 2 };
      expect(await valuesOf(text, read)).to.deep.equal([
        ['1', 'Ann'],
        ['2', 'Bob'],
      ]);
      expect(await valuesOf(iconv.encode(text, 'utf-16le', { addBOM: true }), read)).to.have.length(2);
    });

  it('skips lines wherever the blocks that are read end', async () => {
    for (const length of [65_533, 65_534, 65_535, 65_536, 65_537]) {
      const text = `${'x'.repeat(length)}\r\nid,name\r\n1,Ann\r\n`;
      expect(await valuesOf(text, { skip_lines: 1 }), String(length)).to.deep.equal([['1', 'Ann']]);
    }
  });

  it('takes what null lists for a blank, white space around it aside, and nothing else', async () => {
    const text = 'id,name,zip\n1,NULL, NULL \n2,Null,"NULL"\n3,NULLA,\\N\n';
    expect(await valuesOf(text, { null: ['NULL', '\\N'] })).to.deep.equal([
      ['1', '', ''],
      ['2', 'Null', ''],
      ['3', 'NULLA', ''],
    ]);
  });

  it('takes the delimiter that gives as many columns as the mapping has names, where there is no header', async () => {
    const input = await open('1;Lee, Ann, Mary, Jo;K\n', { header: ['id', 'name', 'grade'] });
    expect(input.delimiter).to.equal(';');
  });

  it('reads a file whose header repeats a name by names of the mapping', async () => {
    const read = { skip_lines: 1, header: ['id', 'phone', 'phone 2'] };
    const input = await open('id,phone,phone\n1,a,b\n', read);
    const second = input.header.find('phone 2', 'fields.phone');
    expect(input.header.mistakes()).to.deep.equal([]);
    for await (const [row] of input.batches()) if (row) expect(second(row.values)).to.equal('b');
  });
});
