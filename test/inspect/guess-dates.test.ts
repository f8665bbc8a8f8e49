import { expect } from 'chai';
import { guessDates, leaningOf } from '../../src/inspect/guess-dates.ts';
import { openTally, tallyValue } from '../../src/inspect/tally-column.ts';

function datesOf(values: readonly string[]) {
  const tally = openTally();
  for (const value of values) tallyValue(tally, value, 100);
  return tally.dates;
}

const OPEN = ['3/4/2015', '5/6/2014', '1/2/2013'];

describe('inspect/guess-dates', () => {
  it('takes the order that one row proves', () => {
    expect(guessDates(datesOf([...OPEN, '3/25/2015']))).to.deep.equal({
      formats: [{ format: 'M/d/yyyy', count: 4 }],
      open: [],
    });
    expect(guessDates(datesOf([...OPEN, '25/3/2015'])).formats).to.deep.equal([
      { format: 'd/M/yyyy', count: 4 },
    ]);
  });

  it('leaves open what no row proves, and names both', () => {
    expect(guessDates(datesOf(OPEN)).open).to.deep.equal(['M/d/yyyy', 'd/M/yyyy']);
  });

  it('follows what the other columns of the file prove', () => {
    const proven = leaningOf(guessDates(datesOf(['13/1/2015'])));
    expect(proven).to.equal('day');
    expect(guessDates(datesOf(OPEN), proven)).to.deep.equal({
      formats: [{ format: 'd/M/yyyy', count: 3 }],
      open: [],
    });
  });

  it('leaves open where both orders occur, and takes one slip for a slip', () => {
    const mixed = guessDates(datesOf([...OPEN, '25/3/2015', '3/25/2015']));
    expect(mixed.open).to.have.members(['M/d/yyyy', 'd/M/yyyy']);
    const many = Array.from({ length: 200 }, (_, index) => `${(index % 12) + 1}/25/2015`);
    const slipped = guessDates(datesOf([...many, '13/5/2012', ...OPEN]));
    expect(slipped).to.deep.equal({ formats: [{ format: 'M/d/yyyy', count: 203 }], open: [] });
  });

  it('says MM and dd only where every value has its zeros', () => {
    expect(guessDates(datesOf(['03/25/2015', '12/31/2014'])).formats[0]?.format).to.equal('MM/dd/yyyy');
    expect(guessDates(datesOf(['03/25/2015', '3/31/2014'])).formats[0]?.format).to.equal('M/d/yyyy');
    expect(guessDates(datesOf(['2015-11-25'])).formats[0]?.format).to.equal('yyyy-MM-dd');
  });
});
