import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { compileDateWriter, whyNotAnOutputFormat } from '../../src/time/write-date.ts';

describe('compileDateWriter', () => {
  for (const [format, text] of [
    ['yyyy-MM-dd', '2026-02-03'],
    ['M/d/yyyy', '2/3/2026'],
    ['MM/dd/yy', '02/03/26'],
    ['EEEE, d MMMM yyyy', 'Tuesday, 3 February 2026'],
    ['yyyy-MM-dd HH:mm:ss', '2026-02-03 00:00:00'],
    ['yyyyMMdd', '20260203'],
    ['yyyy', '2026'],
    ["'on' d MMM", 'on 3 Feb'],
  ] as const) {
    it(`writes ${text} by ${format}`, () => {
      const write = compileDateWriter(format);
      expect([write('2026-02-03'), write('2026-02-03')]).to.deep.equal([text, text]);
    });
  }

  it('refuses a mistaken format at once', () => {
    expect(() => compileDateWriter('YYYY-MM-DD')).to.throw(AppError, /YYYY/);
    expect(whyNotAnOutputFormat('mm/dd/yyyy')).to.match(/MM/);
    expect(whyNotAnOutputFormat('--')).to.match(/no part/);
    expect(whyNotAnOutputFormat('MMM d')).to.equal(undefined);
  });
});
