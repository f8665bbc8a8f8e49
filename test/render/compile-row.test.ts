import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { compileRow } from '../../src/render/compile-row.ts';
import { openEncoder } from '../../src/render/encoder.ts';
import { writeSchema } from '../../src/render/schema.ts';
import { compileWritability } from '../../src/render/writability.ts';

const write = (settings: object) => writeSchema.parse({ file: 'students.csv', ...settings });
const cell = fc
  .array(fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\t', '\n', '\r', '=', '-1', "'"), { maxLength: 5 })
  .map((parts) => parts.join(''));
const row = fc.array(cell, { minLength: 1, maxLength: 5 });

describe('compileRow', () => {
  it('is read back by a strict reader as it was (property)', () => {
    const settings = fc.record({
      delimiter: fc.constantFrom(',', '\t', ';', '|'),
      quote: fc.constantFrom('as_needed', 'always'),
      line_ending: fc.constantFrom('lf', 'crlf'),
    });
    fc.assert(
      fc.property(row, settings, (values, some) => {
        const text = compileRow(write(some))(values);
        expect(
          parse(text, {
            delimiter: some.delimiter,
            record_delimiter: some.line_ending === 'lf' ? '\n' : '\r\n',
          }),
        ).to.deep.equal([values]);
      }),
    );
  });

  it('writes what csv-stringify writes', () => {
    fc.assert(
      fc.property(row, fc.constantFrom(',', ';'), (values, delimiter) => {
        fc.pre(values.length > 1 || values[0] !== '');
        const theirs = stringify([values], {
          delimiter,
          record_delimiter: 'windows',
          quoted_match: /[\r\n]/,
        });
        expect(compileRow(write({ delimiter }))(values)).to.equal(theirs);
      }),
    );
  });

  it('writes a lone blank so that no reader skips the row', () => {
    expect(compileRow(write({}))([''])).to.equal('""\r\n');
  });

  it('defuses formulas only where it is asked to', () => {
    const values = ['=1+1', '-5', '+1 555', '@x', ' =2', '\t3', 'plain'];
    expect(compileRow(write({}))(values)).to.equal('=1+1,-5,+1 555,@x, =2,\t3,plain\r\n');
    expect(compileRow(write({ formulas: 'escape' }))(values)).to.equal(
      "'=1+1,'-5,'+1 555,'@x,' =2,'\t3,plain\r\n",
    );
  });
});

describe('compileWritability', () => {
  it('finds a character that the encoding lacks', () => {
    const lacks = compileWritability(write({ encoding: 'windows-1252' }), ['id', 'name']);
    expect(lacks(['1', 'O’Brien €'])).to.equal(undefined);
    expect(lacks(['1', 'Łukasz'])).to.include({ code: 'not_encodable', field: 'name', value: 'Łukasz' });
    expect(lacks(['1', 'Łukasz'])?.message).not.to.include('Łukasz');
  });

  it('finds a value that would need quotes where none are allowed', () => {
    const never = compileWritability(write({ quote: 'never', delimiter: '|' }), ['id', 'name']);
    expect(never(['1', 'a,b'])).to.equal(undefined);
    expect(never(['1', 'a|b'])).to.include({ code: 'not_encodable', field: 'name' });
  });
});

describe('openEncoder', () => {
  it('puts a mark only where it is asked for and the encoding knows one', () => {
    expect([...openEncoder('utf-8', true).mark]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect([...openEncoder('utf-16le', true).mark]).to.deep.equal([0xff, 0xfe]);
    expect([...openEncoder('windows-1252', true).mark]).to.deep.equal([]);
    expect([...openEncoder('utf-8', false).mark]).to.deep.equal([]);
  });
});
