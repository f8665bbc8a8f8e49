import { expect } from 'chai';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { scanDialectOf } from '../../src/parse/scanned-records.ts';
import { contextOf, outcome, piecesOf } from './both-lanes.ts';
import { randomFile } from './random-files.ts';

const FILES = process.env.NIGHTLY ? 20_000 : 500;

describe('the scanner', () => {
  const hostile: [string, string, object?][] = [
    ['regular rows', 'id,name\r\n1,Ann\r\n2,Bo\r\n'],
    ['three kinds of line ends in one file', 'id,name\n1,a\r2,b\r\n3,c\r\r\n\n4,d'],
    ['quotes with delimiters, doubled quotes and line ends', 'id,name\n1,"a,""b""\r\n,\r""\n"\n"2","" \n'],
    ['nothing but quotes', 'id,name\n"""""",""\n"",""""\n'],
    ['a quote at the very end', 'id,name\n1,"a"'],
    ['ragged and blank rows', 'id,name\n1\n\n2,b,c\n \n\u001a\n3,\n,\n'],
    ['a quote in the middle of a value', 'id,name\n1,a\n2,b"c\n3,d\n'],
    ['something behind a closing quote', 'id,name\n1,a\n2,"b" \n3,d\n'],
    ['an apostrophe as the quote', "id,name\n'1,','it''s'\n2,it's\n", { quote: "'" }],
    ['no quotes at all', 'id,name\n1,"a\n2,b"\n', { quote: 'none' }],
    ['a quote that is never closed', 'id,name\n1,a\n2,"b\n3,c\n'],
    ['values that stand for nothing', 'id,name\nNULL,a\n2," NULL "\n3,"N""A"\n', { null: ['NULL', 'N"A'] }],
    ['NUL characters', 'id,name\n1,a\0b\n2,"c"\0\n'],
    ['letters of several bytes', 'id,name\n1,Zoë 李 😀\n"é",’\n'],
    ['a replacement character', 'id,name\n1,a\ufffd\n2,b\n'],
    ['a header behind blank lines', '\n \nid,name\n1,a\n'],
    ['a footer line that is cut', 'id,name\n1,a\n2'],
    ['tabs', 'id\tname\n1\t"a\tb"\n', { delimiter: 'tab' }],
  ];
  for (const [what, content, settings = {}] of hostile) {
    it(`reads as csv-parse does, cut into pieces of any size: ${what}`, async () => {
      const bytes = Buffer.from(content);
      const context = contextOf(settings, ['id', 'name'], bytes);
      const expected = await outcome('csv-parse', context, [bytes]);
      for (let size = 1; size <= bytes.length; size++)
        expect(await outcome('scanner', context, [...piecesOf(bytes, size)]), `in ${size}`).to.deep.equal(
          expected,
        );
    });
  }

  it('gives the same rows, flaws, digests and refusals as csv-parse (property)', async function () {
    this.timeout(FILES * 60);
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(randomFile, async ({ dialect, bytes, chunk }) => {
        const { mark: _, ...settings } = { mark: false, ...dialect };
        if (settings.escape === 'backslash') return;
        const text = Buffer.from(iconv.decode(bytes, dialect.encoding));
        const columns = settings.header === true ? ['id', 'name', 'grade'] : settings.header;
        const context = contextOf({ ...settings, skip_lines: 0 }, columns, text);
        if (!scanDialectOf(context)) return;
        compared++;
        expect(await outcome('scanner', context, [...piecesOf(text, chunk)])).to.deep.equal(
          await outcome('csv-parse', context, [text]),
        );
      }),
      { numRuns: FILES },
    );
    expect(compared).to.be.above(FILES / 4);
  });

  it('refuses a record that is too long as csv-parse does, and says whether a quote spans lines', async () => {
    const wide = 'x'.repeat(1 << 16);
    const lines = (text: string) => `id,name\n1,a\n${text.repeat(20)}`;
    for (const content of [
      lines(wide),
      lines(`"${wide.slice(1)}`),
      `id,name\n1,"${`${wide}\n`.repeat(20)}"\n`,
    ]) {
      const bytes = Buffer.from(content);
      const context = contextOf({}, ['id', 'name'], bytes);
      const expected = await outcome('csv-parse', context, [...piecesOf(bytes, 1 << 16)]);
      expect(expected).to.have.property('code');
      expect(await outcome('scanner', context, [...piecesOf(bytes, 1 << 16)])).to.deep.equal(expected);
    }
  });

  it('leaves to csv-parse what it does not know', () => {
    const context = contextOf({}, ['id'], Buffer.from('id\n'));
    expect(scanDialectOf({ ...context, delimiter: '||' })).to.equal(undefined);
    expect(scanDialectOf({ ...context, delimiter: '¦' })).to.equal(undefined);
    expect(scanDialectOf({ ...context, bytes: { ...context.bytes, isPackable: false } })).to.equal(undefined);
  });
});
