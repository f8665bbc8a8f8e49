import { expect } from 'chai';
import {
  compareBirthDates,
  readBirthDate,
  withDayAndMonthSwapped,
} from '../../src/compare/compare-birth-dates.ts';

describe('compareBirthDates', () => {
  for (const [one, other, likeness] of [
    ['2015-03-04', '2015-03-04', 'same'],
    ['2015-03-04', '2015-04-03', 'day_and_month_swapped'],
    ['2015-11-01', '2015-01-11', 'day_and_month_swapped'],
    ['2015-03-04', '2014-03-04', 'one_digit'],
    ['2015-03-04', '2015-03-05', 'one_digit'],
    ['2015-03-14', '2015-03-24', 'one_digit'],
    ['1015-03-14', '2015-03-14', 'one_digit'],
    ['2015-03-12', '2015-03-21', 'digits_swapped'],
    ['2051-03-12', '2015-03-12', 'digits_swapped'],
    ['2015-03-04', '2014-04-03', 'different'],
    ['2015-03-04', '2016-08-19', 'different'],
    ['2015-03-04', '', 'missing'],
    ['', '', 'missing'],
  ] as const)
    it(`${one || 'blank'} and ${other || 'blank'}: ${likeness}`, () => {
      expect(compareBirthDates(one, other)).to.equal(likeness);
      expect(compareBirthDates(other, one)).to.equal(likeness);
    });

  it('reads days of one form, and nothing else', () => {
    expect(['2015-03-04', '3/4/2015', '20150304', '2015-03-04T00:00'].map(readBirthDate)).to.deep.equal([
      '2015-03-04',
      '',
      '',
      '',
    ]);
  });

  it('swaps where that is a month', () => {
    expect(withDayAndMonthSwapped('2015-03-04')).to.equal('2015-04-03');
    expect(withDayAndMonthSwapped('2015-03-14')).to.equal('');
  });
});
