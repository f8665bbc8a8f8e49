import { expect } from 'chai';
import fc from 'fast-check';
import { compileDateReader, compileWithLuxon } from '../../src/time/read-date.ts';
import { compilePlainReader } from '../../src/time/read-plain-date.ts';

const PLAIN = ['yyyy-MM-dd', 'M/d/yyyy', 'MM/dd/yyyy', 'dd.MM.yyyy', 'd-M-yyyy', 'yyyy/M/d'];

const part = fc.oneof(
  fc.integer({ min: 0, max: 40 }).map(String),
  fc.integer({ min: 0, max: 40 }).map((value) => String(value).padStart(2, '0')),
  fc.integer({ min: 0, max: 10_100 }).map((value) => String(value).padStart(4, '0')),
  fc.constantFrom('', ' ', '٣', '+1', '1e1'),
);
const sign = fc.constantFrom('-', '/', '.', '\u00a0', '');
const written = fc.tuple(part, sign, part, sign, part).map((parts) => parts.join(''));
const realDay = fc.date({ min: new Date('0900-01-01'), max: new Date('2200-01-01'), noInvalidDate: true });

describe('compilePlainReader', () => {
  for (const format of PLAIN) {
    it(`answers as luxon does by ${format}`, () => {
      const expected = compileWithLuxon(format);
      const answer = compileDateReader([format]);
      expect(compilePlainReader(format)).to.be.a('function');
      fc.assert(
        fc.property(written, (text) => {
          expect(answer(text), text).to.equal(expected(text.trim()));
        }),
        { numRuns: 500 },
      );
      fc.assert(
        fc.property(realDay, fc.boolean(), (day, isPadded) => {
          const [year = '', month = '', date = ''] = day.toISOString().slice(0, 10).split('-');
          const short = (digits: string) => (isPadded ? digits : String(Number(digits)));
          const text = format.replace('yyyy', year).replace(/M+/, short(month)).replace(/d+/, short(date));
          expect(answer(text), text).to.equal(expected(text));
        }),
        { numRuns: 500 },
      );
    });
  }

  for (const format of [
    'MMddyyyy',
    'M/d/yy',
    'd MMM yyyy',
    "yyyy-MM-dd'T'HH",
    'yyyy-MM',
    'M/M/yyyy',
    'yyyy MM dd',
  ])
    it(`leaves ${format} to luxon`, () => {
      expect(compilePlainReader(format)).to.equal(undefined);
    });
});
