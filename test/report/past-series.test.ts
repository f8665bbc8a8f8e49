import { expect } from 'chai';
import { buildReport } from '../../src/report/build-report.ts';
import { numberOf, seriesOfSafeguard, seriesOfTotal } from '../../src/report/past-series.ts';
import type { Report } from '../../src/report/schema.ts';
import { sampleFacts } from './sample-facts.ts';

function nightOf(value: string, limit = '5%', lane?: string): Report {
  const safeguards = [{ name: 'max_rejected', file: 'students', limit, value, breached: false }];
  return buildReport(sampleFacts({ safeguards, ...(lane === undefined ? {} : { lane }) }));
}

describe('report/past-series', () => {
  it('follows a safeguard run after run, with a gap where it was not measured or was another limit', () => {
    const now = nightOf('0.4%');
    const past = [nightOf('1.5%'), nightOf('not measured'), nightOf('12', '25'), nightOf('3%', '5%', 'only')];
    const [safeguard] = now.safeguards;
    if (!safeguard) throw new Error('the sample has a safeguard');
    expect(seriesOfSafeguard(past, safeguard)).to.deep.equal([1.5, undefined, undefined, 0.4]);
  });

  it('follows a number of the books', () => {
    const now = nightOf('1%');
    expect(seriesOfTotal([now], now, 'students', 'read')).to.deep.equal([5000, 5000]);
    expect(seriesOfTotal([now], now, 'contacts', 'read')).to.deep.equal([undefined, undefined]);
  });

  it('reads what reports write', () => {
    const read = ['0.4%', '12', '1,234', 'not measured', 'hold', ''].map(numberOf);
    expect(read).to.deep.equal([0.4, 12, 1234, undefined, undefined, undefined]);
  });
});
