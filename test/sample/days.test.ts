import { expect } from 'chai';
import fc from 'fast-check';
import { dayNumber, writeDay } from '../../src/sample/days.ts';

describe('days', () => {
  it('counts and writes days as the calendar does', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('1890-01-01'), max: new Date('2110-12-31'), noInvalidDate: true }),
        (date) => {
          const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
          const days = dayNumber(year, month, day);
          expect(days).to.equal(Math.floor(date.getTime() / 86_400_000));
          expect(writeDay(days)).to.equal(`${month}/${day}/${year}`);
        },
      ),
    );
  });
});
