import { expect } from 'chai';
import fc from 'fast-check';
import { recogniseDialect } from '../../src/inspect/recognise-dialect.ts';

const ROWS = Array.from({ length: 40 }, (_, index) => [
  `${1000 + index}`,
  index % 2 ? 'Cruz' : "O'Brien",
  'Ana',
  'M',
]);
const HEADER = ['Student_Number', 'Last_Name', 'First_Name', 'Gender'];

function written(rows: readonly (readonly string[])[], delimiter: string, lineEnd = '\n'): string {
  return rows.map((row) => row.join(delimiter) + lineEnd).join('');
}

describe('inspect/recognise-dialect', () => {
  for (const delimiter of [',', '\t', '|', ';', '^', '~'])
    it(`finds the delimiter ${JSON.stringify(delimiter)}`, () => {
      const found = recogniseDialect(written([HEADER, ...ROWS], delimiter), false);
      expect(found).to.include({ delimiter, quote: '"', escape: 'double', skipLines: 0, hasHeader: true });
    });

  it('is not led astray by commas in the values of a file that is parted by something else', () => {
    const rows = ROWS.map(([id = '', last = '']) => [id, `${last}, Ana, the second`, '1,234', 'M']);
    expect(recogniseDialect(written([HEADER, ...rows], ';'), false).delimiter).to.equal(';');
  });

  it('tells how a quote inside a value is written, though one row alone has one', () => {
    const quoted = ROWS.map((row) => row.map((value) => `"${value}"`));
    const doubled = [...quoted, ['"1"', '"Jo ""Joey"" Cruz"', '"a"', '"M"']];
    const behind = [...quoted, ['"1"', '"Jo \\"Joey\\" Cruz"', '"a"', '"M"']];
    expect(recogniseDialect(written([HEADER, ...doubled], ','), false).escape).to.equal('double');
    expect(recogniseDialect(written([HEADER, ...behind], ','), false).escape).to.equal('backslash');
  });

  it('takes single quotes where they wrap, and not where names have them', () => {
    const streets = ROWS.map((row) => row.map((value) => `${value.replace("'", '')}, x`));
    const wrapped = [HEADER, ...streets].map((row) => row.map((value) => `'${value}'`));
    expect(recogniseDialect(written(wrapped, ','), false).quote).to.equal("'");
    expect(recogniseDialect(written([HEADER, ...ROWS], ','), false).quote).to.equal('"');
  });

  it('finds a file without quotes by an inch mark, and leaves an unclosed quote an error', () => {
    const inches = [HEADER, ...ROWS, ['1', 'a 5" pipe', 'b', 'M']];
    expect(recogniseDialect(written(inches, '\t'), false).quote).to.equal('none');
    const unclosed = [HEADER, ...ROWS, ['1', '"Oops', 'b', 'M']];
    expect(recogniseDialect(written(unclosed, ','), false).quote).to.equal('"');
  });

  it('passes over titles above the header', () => {
    const titled = `Students of Riverside\nMade 2026-11-22 02:00\n${written([HEADER, ...ROWS], ',')}`;
    expect(recogniseDialect(titled, false)).to.include({ skipLines: 2, hasHeader: true, delimiter: ',' });
    const padded = `Students of Riverside,,,\n\n${written([HEADER, ...ROWS], ',')}`;
    expect(recogniseDialect(padded, false)).to.include({ skipLines: 2, hasHeader: true });
  });

  it('knows a first row that is a student from a header', () => {
    expect(recogniseDialect(written(ROWS, ','), false).hasHeader).to.equal(false);
    expect(recogniseDialect('1,Cruz,3/9/2015\n2,Lee,1/2/2015\n', false).hasHeader).to.equal(false);
    expect(recogniseDialect('Cruz,a@b.org\n', false).hasHeader).to.equal(false);
    expect(recogniseDialect('ID,504,Name\n1,Y,Ana\n2,N,Al\n', false).hasHeader).to.equal(true);
    expect(recogniseDialect('Wert,Farbe\na,b\nc,d\n', false).hasHeader).to.equal(true);
  });

  for (const [name, end] of [
    ['crlf', '\r\n'],
    ['lf', '\n'],
    ['cr', '\r'],
  ] as const)
    it(`finds the line end ${name}`, () => {
      expect(recogniseDialect(written([HEADER, ...ROWS], ',', end), false).lineEnding).to.equal(name);
    });

  it('ends, with some dialect, whatever the text is', () => {
    const noise = fc.string({
      unit: fc.constantFrom('a', '1', ',', ';', '\t', '|', '"', "'", '\\', '\n', '\r', ' '),
    });
    fc.assert(
      fc.property(noise, fc.boolean(), (text, isCut) => {
        expect(recogniseDialect(text, isCut).skipLines).to.be.at.least(0);
      }),
    );
  });
});
