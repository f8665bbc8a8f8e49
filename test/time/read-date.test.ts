import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { compileDateReader, type Pivot, whyNotADateFormat } from '../../src/time/read-date.ts';

describe('compileDateReader', () => {
  for (const [format, text, date] of [
    ['yyyy-MM-dd', '2026-11-22', '2026-11-22'],
    ['yyyy-MM-dd', '  2026-11-22\t', '2026-11-22'],
    ['yyyy-MM-dd', '2026-11-2', undefined],
    ['yyyy-MM-dd', '2026-11-22 ok', undefined],
    ['yyyy-MM-dd', '٢٠٢٦-١١-٢٢', undefined],
    ['yyyy-MM-dd', '0001-01-01', undefined],
    ['yyyy-MM-dd', '', undefined],
    ['yyyy-MM-dd', '   ', undefined],
    ['M/d/yyyy', '2/3/2026', '2026-02-03'],
    ['M/d/yyyy', '02/03/2026', '2026-02-03'],
    ['M/d/yyyy', '02/30/2026', undefined],
    ['M/d/yyyy', '2/29/2026', undefined],
    ['M/d/yyyy', '2/29/2028', '2028-02-29'],
    ['M/d/yyyy', '13/1/2026', undefined],
    ['M/d/yyyy', '2/3/26', undefined],
    ['MM/dd/yyyy', '2/3/2026', undefined],
    ['dd-MM-yyyy', '03-02-2026', '2026-02-03'],
    ['MMddyyyy', '02032026', '2026-02-03'],
    ['d MMM yyyy', '3 feb 2026', '2026-02-03'],
    ['yyyy-ooo', '2026-034', '2026-02-03'],
    ['yyyy-MM-dd HH:mm:ss', '2026-02-03 23:59:59', '2026-02-03'],
    ['yyyy-MM-dd HH:mm:ss', '2026-02-03 25:00:00', undefined],
    ['yyyy-MM-dd HH:mm:ss', '2026-02-03', undefined],
    ['M/d/yyyy h:mm:ss a', '2/3/2026 12:00:00 AM', '2026-02-03'],
    ["yyyy-MM-dd'T'HH:mm:ssZZ", '2026-02-03T23:00:00-06:00', '2026-02-03'],
    ["yyyy-MM-dd'T'HH:mm:ssZZ", '2026-02-03T00:30:00+11:00', '2026-02-03'],
    ['EEE, d MMM yyyy', 'Tue, 3 Feb 2026', '2026-02-03'],
    ['EEE, d MMM yyyy', 'Mon, 3 Feb 2026', undefined],
  ] as const) {
    it(`reads "${text}" as ${date} by ${format}`, () => {
      expect(compileDateReader([format])(text)).to.equal(date);
    });
  }

  const born: Pivot = { notAfter: '2026-11-22' };
  for (const [text, pivot, date] of [
    ['2/3/29', 29, '2029-02-03'],
    ['2/3/30', 29, '1930-02-03'],
    ['2/3/00', 0, '2000-02-03'],
    ['2/3/15', born, '2015-02-03'],
    ['11/22/26', born, '2026-11-22'],
    ['11/23/26', born, '1926-11-23'],
    ['2/29/00', born, '2000-02-29'],
    ['2/29/27', born, undefined],
    ['2/3/1931', 29, '1931-02-03'],
    ['2/3/2031', born, '2031-02-03'],
    ['2/3/131', born, undefined],
    ['2/3/59', undefined, '2059-02-03'],
    ['2/3/61', undefined, '1961-02-03'],
  ] as const) {
    it(`completes ${text} to ${date} with the pivot ${JSON.stringify(pivot)}`, () => {
      expect(compileDateReader(['M/d/yy'], pivot === undefined ? {} : { pivot })(text)).to.equal(date);
    });
  }

  it('takes the first format that fits', () => {
    const read = compileDateReader(['M/d/yyyy', 'd/M/yyyy', 'yyyy-MM-dd']);
    expect(read('3/2/2026')).to.equal('2026-03-02');
    expect(read('30/2/2026')).to.equal(undefined);
    expect(read('30/3/2026')).to.equal('2026-03-30');
    expect(read('2026-03-30')).to.equal('2026-03-30');
  });

  it('answers the same the second time', () => {
    const read = compileDateReader(['M/d/yyyy']);
    expect([read('2/30/2026'), read('2/30/2026')]).to.deep.equal([undefined, undefined]);
    expect([read('2/3/2026'), read('2/3/2026')]).to.deep.equal(['2026-02-03', '2026-02-03']);
  });

  it('reads whatever real day was written', () => {
    const read = compileDateReader(['M/d/yyyy']);
    fc.assert(
      fc.property(fc.integer({ min: -200_000, max: 200_000 }), (days) => {
        const date = new Date(days * 86_400_000).toISOString().slice(0, 10);
        const [year, month, day] = date.split('-').map(Number);
        expect(read(`${month}/${day}/${year}`)).to.equal(date);
      }),
    );
  });

  it('refuses a mistaken format at once', () => {
    expect(() => compileDateReader(['MM-DD-YYYY'])).to.throw(AppError, /MM-DD-YYYY.*yyyy/);
  });
});

describe('whyNotADateFormat', () => {
  for (const [format, says] of [
    ['MM-DD-YYYY', /DD and YYYY .*dd \(or d\).*yyyy/],
    ['mm/dd/yyyy', /mm means minutes, the month is MM/],
    ['yyyy-MM-ddTHH:mm:ss', /'T'/],
    ['MM/yyyy', /no day of the month/],
    ['dd/MM', /no year/],
    ['dd yyyy', /no month/],
    ['', /no year/],
    ['M/M/d/yyyy', /month twice/],
    ['yyyy-ooo-dd', /day of the year/],
    ['M/d/yyyy H:mm a', /hour of 12/],
    ['EEE M/d/yy', /weekday/],
    ['yyy-MM-dd', /yyy is no part/],
  ] as const) {
    it(`says what is wrong with "${format}"`, () => {
      expect(whyNotADateFormat(format)).to.match(says);
    });
  }

  for (const format of ['yyyy-MM-dd', 'M/d/yy', "'born' d MMMM yyyy", 'yyyyMMdd', 'M/d/yyyy h:mm a'])
    it(`allows ${format}`, () => {
      expect(whyNotADateFormat(format)).to.equal(undefined);
    });
});
