import { expect } from 'chai';
import fc from 'fast-check';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/date', () => {
  it('is strict about days that are not there', () => {
    const read = codeOf('date', { from: 'MM/dd/yyyy' });
    for (const text of [
      '02/29/2026',
      '13/01/2026',
      '00/10/2026',
      '2/3/2026',
      '02/03/26',
      '02/03/2026x',
      'n/a',
      '02-03-2026',
    ])
      expect(read(text), text).to.equal('bad_date');
    expect(read('02/29/2028')).to.equal('2028-02-29');
    expect(read(' 02/03/2026 ')).to.equal('2026-02-03');
  });

  it('tries several formats in turn', () => {
    const read = codeOf('date', { from: ['yyyyMMdd', 'd MMM yyyy', "yyyy-MM-dd'T'HH:mm:ss"], to: 'M/d/yy' });
    expect(read('20150309')).to.equal('3/9/15');
    expect(read('9 Mar 2015')).to.equal('3/9/15');
    expect(read('2015-03-09T23:59:59')).to.equal('3/9/15');
  });

  it('goes there and back without loss', () => {
    const there = codeOf('date', { from: 'yyyy-MM-dd', to: 'M/d/yyyy' });
    const back = codeOf('date', { from: 'M/d/yyyy' });
    const day = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, (date) => {
        const text = date.toISOString().slice(0, 10);
        expect(back(there(text))).to.equal(text);
      }),
      { numRuns: 50 },
    );
  });

  it('counts completed years', () => {
    const age = codeOf('age');
    expect(age('2021-11-22')).to.equal('5');
    expect(age('2021-11-23')).to.equal('4');
    expect(age('2026-11-22')).to.equal('0');
    expect(age('2026-11-23')).to.equal('bad_date');
    expect(codeOf('age', 'M/d/yy')('11/23/27')).to.equal('98');
  });

  it('counts them on the day that it is told', () => {
    const september = codeOf('age', { as_of: '09-01' });
    expect(september('2021-09-01')).to.equal('5');
    expect(september('2026-09-02')).to.equal('bad_date');
    // In the school year 2026-2027 the last day of March is one of 2027.
    expect(codeOf('age', { as_of: '03-31' })('2022-03-31')).to.equal('5');
    expect(codeOf('age', { as_of: '2026-09-01' })('2021-09-02')).to.equal('4');
    expect(codeOf('age', { as_of: 'today' })('2021-11-22')).to.equal('5');
    for (const as_of of ['9-1', '02-30', '2026-02-29', 'tomorrow'])
      expect(() => codeOf('age', { as_of }), as_of).to.throw(/school year/);
  });
});
