import { expect } from 'chai';
import fc from 'fast-check';
import { withoutFormula } from '../../src/report/csv-lines.ts';
import { readCell, writeCell } from '../../src/review/protect-cell.ts';

/** Texts of the characters that matter here, beside any others. */
const hostile = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({
    unit: fc.constantFrom("'", '=', '+', '-', '@', '\t', '\r', '\0', ' ', 'a', '1', '\uff1d', '\ufeff'),
  }),
);

describe('review/protect-cell', () => {
  it('gives back what was written, whatever it is', () => {
    fc.assert(fc.property(hostile, (value) => readCell(writeCell(value)) === value));
  });

  it('leaves nothing that a report would protect', () => {
    fc.assert(fc.property(hostile, (value) => withoutFormula(writeCell(value)) === writeCell(value)));
  });

  it('leaves names and numbers as they are', () => {
    for (const value of ["'t Hooft", "O'Neil", '0012', '', "'", '555-0100', 'José'])
      expect(writeCell(value)).to.equal(value);
    expect(writeCell('-5')).to.equal("'-5");
  });
});
