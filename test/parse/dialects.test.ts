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

  it('reads backslash escapes outside quotes, of what would have a meaning there', async () => {
    const text =
      'id,name\n1,Lee\\, Jr.\n2,\\"Joey\\" Lee\n3,O\\\'Brien\n4,two\\\r\nlines\n5,C:\\dir\\\\\n6,\\N\n';
    const read = { escape: 'backslash', null: ['\\N'] };
    const names = ['Lee, Jr.', '"Joey" Lee', "O'Brien", 'two\r\nlines', 'C:\\dir\\', ''];
    expect((await valuesOf(text, read)).map(([, name]) => name)).to.deep.equal(names);
    expect((await valuesOf(text, { ...read, quote: 'none' })).map(([, name]) => name)).to.deep.equal(names);
  });

  it('tells the delimiter of a header that escapes another', async () => {
    const input = await open('a\\|b\\|c\\|d;id\n1;2\n', { escape: 'backslash' });
    expect([input.delimiter, input.header.columns.length]).to.deep.equal([';', 2]);
  });

  for (const [text, code, line] of [
    ['id,name\n1,a\n2,"b\\"\n3,c\n', 'unclosed_quote', 3],
    ['id,name\n1,"two\nlines"\n2,"b"c\n', 'malformed_quote', 4],
    ['id,name\n1,5\'2" tall\n', 'malformed_quote', 2],
    ['id,name\n1,a\n2', 'truncated_file', 3],
    ['id,"name\n1,a\n', 'unclosed_quote', 1],
    [`id,name\n1,${'x'.repeat((1 << 20) + 9)}\n`, 'record_too_long', 2],
    [`id,name\n1,"${'x\n'.repeat(1 << 20)}\n`, 'unclosed_quote', 2],
  ] as const)
    it(`stops at the same line with backslashes as without: ${code} in ${text.length} bytes`, async () => {
      for (const how of ['double', 'backslash']) {
        const rows = text.includes('\\') && how === 'double' ? undefined : valuesOf(text, { escape: how });
        const error = await rows?.then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
        if (rows) expect(error, how).to.deep.include({ code }).with.nested.property('place.line', line);
      }
    });

  it('passes over lines in which nothing stands, also above the header', async () => {
    const text = '\r\n  \r\nid;name\r\n\r\n1;a\r\n \t\r\n2;b\r\n\u001a';
    const input = await open(text, {});
    const rows = (await Array.fromAsync(input.batches())).flat();
    expect(input.delimiter).to.equal(';');
    expect(rows.map(({ row, line, values }) => [row, line, ...values])).to.deep.equal([
      [1, 5, '1', 'a'],
      [2, 7, '2', 'b'],
    ]);
    input.header.find('zip', 'fields.zip');
    expect(input.header.mistakes()[0]?.place?.line).to.equal(3);
  });

  it('takes a delimiter at the end of every row, or of the header alone, for no column, and says so', async () => {
    for (const [text, what] of [
      ['id,name\n1,a,\n2,,\n', 'The rows end'],
      ['id,name,\n1,a\n2,\n', 'The header ends'],
    ] as const) {
      const input = await open(text, {});
      const rows = (await Array.fromAsync(input.batches())).flat();
      expect(rows.map(({ values, flaw }) => [values[0], flaw])).to.deep.equal([
        ['1', undefined],
        ['2', undefined],
      ]);
      expect(input.notices[0]).to.include({ code: 'trailing_delimiter' });
      expect(input.notices[0]?.message).to.include(what);
    }
  });

  it('believes no single row that is one field longer: its values may be shifted', async () => {
    const input = await open('id,street,zip\n1,Elm, Apt 2,\n2,Oak,60601\n', {});
    const rows = (await Array.fromAsync(input.batches())).flat();
    expect(rows.map(({ flaw }) => flaw?.code)).to.deep.equal(['field_count', undefined]);
  });

  it('takes one byte order mark away, and no second one', async () => {
    for (const encoding of ['utf-8', 'utf-16le', 'utf-16be'])
      expect(
        await valuesOf(iconv.encode('\ufeff\ufeffa,b\n', encoding), { header: ['id', 'name'] }),
      ).to.deep.equal([['\ufeffa', 'b']]);
    const named = { encoding: 'utf16le', header: ['id', 'name'] };
    expect(await valuesOf(iconv.encode('\ufeffa,b\n', 'utf-16le'), named)).to.deep.equal([['a', 'b']]);
  });

  it('finds a NUL character in UTF-16 too', async () => {
    const input = await open(iconv.encode('id,name\n1,a\0\n2,b\n', 'utf-16le', { addBOM: true }), {});
    const rows = (await Array.fromAsync(input.batches())).flat();
    expect(rows.map(({ flaw }) => flaw?.code)).to.deep.equal(['nul_character', undefined]);
  });

  it('refuses settings that contradict each other', () => {
    expect(whyNot({ delimiter: '\\', escape: 'backslash' })?.[0]).to.match(/^delimiter: .*escapes/);
    expect(whyNot({ encoding: 'base64' })?.[0]).to.match(/^encoding: .*not the name/);
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
