import { expect } from 'chai';
import { compareCell, recogniseSaving, type SavedSheet } from '../../src/review/compare-cell.ts';

const WHOLE: SavedSheet = { losesCharacters: false };
const LOSES: SavedSheet = { losesCharacters: true };
type Case = readonly [exported: string, cell: string, kind: string, saved?: SavedSheet];

const CASES: readonly Case[] = [
  ['Lee', 'Lee', 'same'],
  ['Lee', 'Leigh', 'changed'],
  ['a\r\nb', 'a\nb', 'same'],
  ['=1+1', "'=1+1", 'same'],
  ['=1+1', '=1+1', 'same'],
  ["'=1+1", "''=1+1", 'same'],
  // Leading zeros, long numbers, ends of decimals.
  ['0012', '12', 'rewritten'],
  ['0012', '13', 'changed'],
  ['0000', '0', 'rewritten'],
  ['12', '0012', 'changed'],
  ['1.50', '1.5', 'rewritten'],
  ['1.5', '1,5', 'rewritten'],
  ['1.5', '1.6', 'changed'],
  ['1E5', '1.00E+05', 'rewritten'],
  ['1E5', '1E6', 'changed'],
  ['123456789012', '1.23457E+11', 'rewritten'],
  ['123456789012', '1,23457E+11', 'rewritten'],
  ['123456789012', '1.23458E+11', 'unusable'],
  ['1234567890123456', '1234567890123450', 'rewritten'],
  ['1234567890123456', '1234567890123457', 'changed'],
  ['true', 'TRUE', 'rewritten'],
  ['true', 'FALSE', 'changed'],
  // Dates, as a spreadsheet of another country writes them.
  ['2015-05-31', '5/31/2015', 'rewritten'],
  ['2015-05-31', '31.05.2015', 'rewritten'],
  ['2015-05-31', '5/31/15', 'rewritten'],
  ['2015-05-31', '2015/05/31', 'rewritten'],
  ['2015-05-31', '31.05.2015 00:00', 'rewritten'],
  ['05/01/2015', '5/1/2015', 'rewritten'],
  ['2015-05-01', '2015-01-05', 'changed'],
  ['05/01/2015', '01/05/2015', 'changed'],
  ['05/01/2015', '6/2/2015', 'unusable'],
  ['10/12/2015', '6/2/2015', 'changed'],
  ['2015-05-01', '6/2/2015', 'unusable'],
  ['2015-05-01', '', 'changed'],
  ['2015-05-01', '1/5/2015', 'rewritten'],
  ['2015-05-01', '1/5/2015', 'unusable', { ...WHOLE, dateOrder: 'month_first' }],
  ['2015-05-01', '1/5/2015', 'rewritten', { ...WHOLE, dateOrder: 'day_first' }],
  ['3-4', '4-Mar', 'unusable'],
  ['3-4', '3-5', 'changed'],
  // What a spreadsheet shows in place of a value.
  ['2015-05-01', '########', 'unusable'],
  ['Lee', '#REF!', 'unusable'],
  ['Lee', 'L\ufffde', 'unusable'],
  // Encodings.
  ['Nguyễn', 'Nguy?n', 'rewritten', LOSES],
  ['Nguyễn', 'Nguyen', 'unusable', LOSES],
  ['Nguyễn', 'Nguyen', 'changed'],
  ['José', 'Jose', 'changed', LOSES],
  ['Lee', 'Leigh', 'changed', LOSES],
];

describe('review/compare-cell', () => {
  for (const [exported, cell, kind, saved = WHOLE] of CASES) {
    it(`${JSON.stringify(exported)} that became ${JSON.stringify(cell)} is ${kind}`, () => {
      expect(compareCell(exported, cell, saved).kind).to.equal(kind);
    });
  }

  it('takes the apostrophe off a corrected value that needs it', () => {
    expect(compareCell('', "'=1", WHOLE)).to.deep.equal({ kind: 'changed', value: '=1' });
    expect(compareCell('', "'t Hooft", WHOLE)).to.deep.equal({ kind: 'changed', value: "'t Hooft" });
  });

  it('learns the order of dates, and that characters were lost, from the cells that nobody changed', () => {
    const saved = (pairs: readonly (readonly [string, string])[], encoding = 'utf-8') =>
      recogniseSaving(encoding, () => pairs);
    expect(saved([['2015-05-31', '5/31/2015']]).dateOrder).to.equal('month_first');
    expect(saved([['2015-05-31', '31.05.2015']]).dateOrder).to.equal('day_first');
    expect(saved([['2015-05-05', '5/5/2015']]).dateOrder).to.equal(undefined);
    expect(saved([['Nguyễn', 'Nguy?n']]).losesCharacters).to.equal(true);
    expect(saved([['Nguyễn', 'Nguyễn']]).losesCharacters).to.equal(false);
    expect(saved([['Lee', 'Lee']]).losesCharacters).to.equal(false);
    expect(saved([], 'windows-1252').losesCharacters).to.equal(true);
  });
});
