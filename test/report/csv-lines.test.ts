import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { renderLines, withoutFormula } from '../../src/report/csv-lines.ts';

describe('report/csv-lines', () => {
  const harmful = [
    '=1+1',
    '+1 (555) 010-0000',
    '-5',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '\n=1',
    ' =1',
    '\u00a0=1',
    '\ufeff=1',
    '\u200b=1',
    '\0=1',
    '\tplain',
    '\uff1d1',
    '\uff0b1',
    '\uff0d1',
    '\uff20A1',
  ];
  for (const value of harmful) {
    it(`puts an apostrophe before ${JSON.stringify(value)}`, () => {
      expect(withoutFormula(value)).to.equal(`'${value}`);
    });
  }

  for (const value of ['', 'Muñoz', "O'Brien", '02/30/2026', '00123', 'a=b', ' plain', '2026-11-22']) {
    it(`leaves ${JSON.stringify(value)} as it is`, () => {
      expect(withoutFormula(value)).to.equal(value);
    });
  }

  it('ends each line in CRLF, quotes where a reader would break, and has no byte order mark', () => {
    expect(
      renderLines([
        ['a', 1, 'x,y'],
        ['b\nc', 2, 'd\re'],
        ['say "no"', 3, ''],
      ]),
    ).to.equal('a,1,"x,y"\r\n"b\nc",2,"d\re"\r\n"say ""no""",3,\r\n');
    expect(renderLines([])).to.equal('');
  });

  it('never turns a number of ours into a text', () => {
    expect(renderLines([[-1, 'x']])).to.equal('-1,x\r\n');
  });

  it('can be read back as it was written, whatever the values', () => {
    const nasty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '=', ' ', 'a', "'", '\ufeff', '\u2028') }),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(nasty, nasty, nasty), { minLength: 1 }), (rows) => {
        const text = renderLines([['one', 'two', 'three'], ...rows]);
        const read = parse(text, { record_delimiter: '\r\n', bom: false }).slice(1);
        expect(read).to.deep.equal(rows.map((row) => row.map(withoutFormula)));
      }),
    );
  });
});
