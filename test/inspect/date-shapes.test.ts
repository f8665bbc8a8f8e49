import { expect } from 'chai';
import fc from 'fast-check';
import { readDateShape } from '../../src/inspect/date-shapes.ts';
import { compileDateReader } from '../../src/time/read-date.ts';
import { compileDateWriter } from '../../src/time/write-date.ts';

const SEEN: readonly (readonly [string, readonly string[] | undefined])[] = [
  ['3/25/2015', ['M/d/yyyy']],
  ['25/3/2015', ['d/M/yyyy']],
  ['03/04/2015', ['M/d/yyyy', 'd/M/yyyy']],
  ['2015-03-09', ['yyyy-M-d']],
  ['2015-03-09T00:00:00', ["yyyy-M-d'T'HH:mm:ss"]],
  ['3/25/2015 12:00:00 AM', ['M/d/yyyy h:mm:ss a']],
  ['25-MAR-15', ['d-MMM-yy']],
  ['March 9, 2015', ['MMMM d, yyyy']],
  ['20150325', ['yyyyMMdd']],
  ['03252015', ['MMddyyyy']],
  ['2/30/2015', undefined],
  ['2/29/2015', undefined],
  ['0/0/0000', undefined],
  ['99999999', undefined],
  ['617-555-0123', undefined],
  ['1.2.3.4', undefined],
  ['1701 Walnut Ct', undefined],
];

/** In which a day is written, and of which some reading must give the same day back. */
const FORMATS = [
  'M/d/yyyy',
  'MM/dd/yyyy',
  'd.M.yyyy',
  'dd-MM-yyyy',
  'yyyy-MM-dd',
  'yyyy/M/d',
  'M/d/yy',
  'd-MMM-yyyy',
  'dd-MMM-yy',
  'MMM d, yyyy',
  'MMMM d, yyyy',
  'yyyyMMdd',
  "yyyy-MM-dd'T'HH:mm:ss",
  "yyyy-MM-dd'T'HH:mm:ss'Z'",
  "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'",
  'yyyy-MM-dd HH:mm:ss.SSS',
  'M/d/yyyy H:mm',
  'M/d/yyyy HH:mm:ss',
  'M/d/yyyy h:mm:ss a',
  "yyyy-MM-dd'T'HH:mm:ssZZ",
] as const;

describe('inspect/date-shapes', () => {
  for (const [text, formats] of SEEN)
    it(`reads ${text}`, () => expect(readDateShape(text)?.formats).to.deep.equal(formats));

  it('names a format in which the mapping reads the same day, however the day was written', () => {
    const day = fc.date({ min: new Date('1990-01-01'), max: new Date('2029-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.constantFrom(...FORMATS), (instant, format) => {
        const iso = instant.toISOString().slice(0, 10);
        const written = compileDateWriter(format)(iso);
        const found = readDateShape(written);
        const read = (found?.formats ?? []).map((one) => compileDateReader([one], { pivot: 60 })(written));
        expect(read, `${written} as ${found?.formats}`).to.include(iso);
      }),
    );
  });
});
