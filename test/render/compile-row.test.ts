import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { compileRow } from '../../src/render/compile-row.ts';
import { openEncoder } from '../../src/render/encoder.ts';
import { write } from './a-write.ts';

const cell = fc
  .array(fc.constantFrom('a', 'é', ' ', '"', ',', ';', '\t', '\n', '\r', '\\', '-1', "'"), { maxLength: 5 })
  .map((parts) => parts.join(''));
const row = fc.array(cell, { minLength: 1, maxLength: 5 });

describe('compileRow', () => {
  it('is read back by a strict reader as it was (property)', () => {
    const settings = fc.record({
      delimiter: fc.constantFrom(',', '\t', ';', '|'),
      quote: fc.constantFrom('as_needed', 'spaces', 'always'),
      quote_char: fc.constantFrom('double', 'single'),
      escape: fc.constantFrom('double', 'backslash'),
      line_ending: fc.constantFrom('lf', 'crlf', 'cr'),
    });
    fc.assert(
      fc.property(row, settings, (values, some) => {
        const { quote_char, delimiter } = write(some);
        const text = compileRow(write(some))(values);
        expect(
          parse(text, {
            delimiter,
            quote: quote_char,
            escape: some.escape === 'backslash' ? '\\' : quote_char,
            record_delimiter: { lf: '\n', crlf: '\r\n', cr: '\r' }[some.line_ending] ?? '',
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

  it('writes the backslashes that Apple School Manager reads', () => {
    const apple = compileRow(write({ quote: 'spaces', escape: 'backslash', line_ending: 'lf' }));
    expect(apple(['A-1', 'Mary Ann', 'Lee, Jr.', 'the "Bee"', 'two\nlines', 'a\\b'])).to.equal(
      'A-1,"Mary Ann","Lee, Jr.","the \\"Bee\\"","two\\\nlines","a\\\\b"\n',
    );
  });

  it('writes escapes also where there are no quotes', () => {
    const line = compileRow(
      write({ quote: 'never', escape: 'backslash', delimiter: 'tab', line_ending: 'lf' }),
    );
    expect(line(['a\tb', 'two\nlines', "O'Brien", 'é'])).to.equal("a\\\tb\ttwo\\\nlines\tO\\'Brien\té\n");
  });

  it('writes single quotes, doubled inside', () => {
    expect(compileRow(write({ quote_char: 'single' }))(["O'Brien", 'a "b"', 'c,d'])).to.equal(
      "'O''Brien',a \"b\",'c,d'\r\n",
    );
  });

  it('writes the text that stands for a blank', () => {
    expect(compileRow(write({ null: 'NULL' }))(['1', '', ''])).to.equal('1,NULL,NULL\r\n');
    expect(compileRow(write({ null: 'NULL', quote: 'always' }))(['', 'x'])).to.equal('"NULL","x"\r\n');
  });

  it('puts fields at their places, whatever their order, and leaves blank what is not mapped', () => {
    const fixed_width = [
      ['name', 9, 6],
      { field: 'id', start: 1, length: 6, align: 'right', pad: '0' },
      ['locker', 2],
      ['grade', 15, 2],
    ];
    const line = compileRow(write({ fixed_width, line_ending: 'lf' }), ['id', 'name', 'grade']);
    expect(line(['417', 'Zoë', '7'])).to.equal('000417  Zoë   7 \n');
    expect(line(['', '😀', '12'])).to.equal('        😀     12\n');
  });
});

describe('openEncoder', () => {
  it('puts a mark only where it is asked for and the encoding knows one', () => {
    expect([...openEncoder('utf-8', true).mark]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect([...openEncoder('utf-16le', true).mark]).to.deep.equal([0xff, 0xfe]);
    expect([...openEncoder('UTF16-BE', true).mark]).to.deep.equal([0xfe, 0xff]);
    expect([...openEncoder('windows-1252', true).mark]).to.deep.equal([]);
    expect([...openEncoder('utf-8', false).mark]).to.deep.equal([]);
  });
});
