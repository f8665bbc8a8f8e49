import { z } from 'zod';
import { phoneLibrary } from '../../phones/phone-library.ts';
import { Flaw, transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';

/** Of nearly every mapping; its numbers need no library. */
const HOME = 'US';
const NAMED_FORMATS = ['national', 'digits', 'e164', 'international'] as const;

const country = z
  .string()
  .refine((name) => name === HOME || phoneLibrary().isSupportedCountry(name), {
    error: 'is no country; two capital letters are expected, such as US',
    params: {
      get allowed() {
        return phoneLibrary().getCountries();
      },
    },
  })
  .default(HOME)
  .describe('The country whose numbers are written without a country code.');
const format = z
  .string()
  .refine((text) => NAMED_FORMATS.some((known) => known === text) || ninesIn(text) === TEN, {
    error:
      'is no format; write national, digits, e164, international, or a pattern with ten nines such as 999-999-9999',
    params: { allowed: NAMED_FORMATS },
  });

/** The digits of a number in North America, and of the patterns that are written for them. */
const TEN = 10;
const NORTH_AMERICA = '1';
/** How nearly all of them are written; what is written otherwise is left to the library, which is slower. */
const NORTH_AMERICAN = /^\s*(?:\+?1[-.\s]*)?\(?([2-9]\d\d)\)?[-.\s]*(\d{3})[-.\s]*(\d{4})\s*$/;

export const phone = transformation({
  name: 'phone',
  summary:
    'Reads a phone number however it is written and writes it in one way. Formats are `national` (`(999) 999-9999` in the United States), `digits`, `e164`, `international`, or a pattern with ten nines. The value must be one whole number of the stated country; a number with another country code is carried by `e164` and `international` alone. An extension is left out. In North America it is asked whether the number has ten digits and does not begin with 0 or 1, not whether the area code is in use: lists of area codes age.',
  options: withShorthand(
    z.strictObject({ format: format.default('national').describe('How the number is written.'), country }),
    'format',
    format,
  ),
  examples: [
    { value: '312.555.0123', gives: '(312) 555-0123' },
    { options: { format: 'digits' }, value: '1 (312) 555-0123', gives: '3125550123' },
    { options: { format: 'e164' }, value: '312-555-0123 ext. 45', gives: '+13125550123' },
    { options: 'international', value: '3125550123', gives: '+1 312 555 0123' },
    { options: '999-999-9999', value: '(312) 555 0123', gives: '312-555-0123' },
    { options: { country: 'GB' }, value: '+44 20 7946 0958', gives: '020 7946 0958' },
    { options: { country: 'US', format: 'e164' }, value: '+44 20 7946 0958', gives: '+442079460958' },
    { value: '+44 20 7946 0958', flaw: 'bad_phone', note: 'not of this country' },
    { value: '555-0123', flaw: 'bad_phone', note: 'no area code' },
    { value: 'ask grandmother', flaw: 'bad_phone' },
  ],
  compile(options) {
    const { country: home } = options;
    const flaw = new Flaw('bad_phone', `The value is no phone number of the country ${home}.`);
    let readAny: ReadPhone | undefined;
    const readOther = (value: string) => {
      readAny ??= compileAnyCountry(home, options.format);
      return readAny(value) ?? flaw;
    };
    if (!isNorthAmerican(home)) return readOther;
    return (value) => {
      const [, area, exchange, line] = NORTH_AMERICAN.exec(value) ?? [];
      if (area === undefined || exchange === undefined || line === undefined) return readOther(value);
      return writeNorthAmerican(area, exchange, line, options.format);
    };
  },
});

function isNorthAmerican(country: string): boolean {
  if (country === HOME) return true;
  const { isSupportedCountry, getCountryCallingCode } = phoneLibrary();
  return isSupportedCountry(country) && getCountryCallingCode(country) === NORTH_AMERICA;
}

type ReadPhone = (value: string) => string | undefined;

function compileAnyCountry(country: string, format: string): ReadPhone {
  const { isSupportedCountry, getCountryCallingCode, parsePhoneNumberFromString } = phoneLibrary();
  const home = isSupportedCountry(country) ? country : HOME;
  const abroad = format === 'e164' || format === 'international';
  const homeCode = getCountryCallingCode(home);
  return (value) => {
    const found = parsePhoneNumberFromString(value.trim(), { defaultCountry: home, extract: false });
    if (!found || !(abroad || found.countryCallingCode === homeCode)) return undefined;
    const digits: string = found.nationalNumber;
    if (found.countryCallingCode === NORTH_AMERICA) {
      if (!/^[2-9]\d{9}$/.test(digits)) return undefined;
      return writeNorthAmerican(digits.slice(0, 3), digits.slice(3, 6), digits.slice(6), format);
    }
    if (!found.isValid()) return undefined;
    found.setExt('');
    if (format === 'e164') return found.number;
    if (format === 'international') return found.formatInternational();
    if (format === 'national') return found.formatNational();
    if (format === 'digits') return digits;
    return digits.length === TEN ? fillNines(format, digits) : undefined;
  };
}

function writeNorthAmerican(area: string, exchange: string, line: string, format: string): string {
  if (format === 'national') return `(${area}) ${exchange}-${line}`;
  if (format === 'digits') return area + exchange + line;
  if (format === 'e164') return `+1${area}${exchange}${line}`;
  if (format === 'international') return `+1 ${area} ${exchange} ${line}`;
  return fillNines(format, area + exchange + line);
}

function fillNines(pattern: string, digits: string): string {
  let next = 0;
  return pattern.replaceAll('9', () => digits.charAt(next++));
}

function ninesIn(text: string): number {
  return text.split('9').length - 1;
}
