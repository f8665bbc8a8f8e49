import { z } from 'zod';
import { Flaw, transformation } from './transform.ts';
import { withShorthand } from './with-shorthand.ts';

const SHAPE = /^([+-]?)(\d{1,3}(?:,\d{3})+|\d*)(?:\.(\d*))?$/;
const decimalsSchema = z.int().min(0).max(20);

export const number = transformation({
  name: 'number',
  summary:
    'Reads a number with a decimal point and writes it plainly: no thousands separators, no plus, no zeros in front. With `decimals` it is rounded, a half away from zero. What a spreadsheet made of a long id, such as 1.23E+09, is rejected.',
  options: withShorthand(
    z.strictObject({
      decimals: decimalsSchema
        .optional()
        .describe('How many digits stand after the point; as many as there were where it is left out.'),
    }),
    'decimals',
    decimalsSchema,
  ),
  examples: [
    { value: '1,234.50', gives: '1234.50' },
    { options: { decimals: 2 }, value: '+007.005', gives: '7.01' },
    { options: 0, value: '-2.5', gives: '-3' },
    { options: 0, value: '-0.4', gives: '0' },
    { options: { decimals: 2 }, value: '3', gives: '3.00' },
    { value: '1.23E+09', flaw: 'bad_number' },
    { value: '12,34', flaw: 'bad_number' },
  ],
  compile({ decimals }) {
    const flaw = new Flaw('bad_number', 'The value is no number.');
    return (value) => {
      const [, sign = '', grouped = '', fraction = ''] = SHAPE.exec(value.trim()) ?? [];
      if (grouped === '' && fraction === '') return flaw;
      const whole = grouped.replaceAll(',', '').replace(/^0+(?=\d)/, '') || '0';
      const plain = decimals === undefined ? joinParts(whole, fraction) : round(whole, fraction, decimals);
      return sign === '-' && /[1-9]/.test(plain) ? `-${plain}` : plain;
    };
  },
});

/** On the digits themselves: floating point would round 1.005 down. */
function round(whole: string, fraction: string, decimals: number): string {
  const tenfold = BigInt(whole + fraction.padEnd(decimals + 1, '0').slice(0, decimals + 1));
  const rounded = String((tenfold + 5n) / 10n).padStart(decimals + 1, '0');
  return joinParts(rounded.slice(0, rounded.length - decimals), rounded.slice(rounded.length - decimals));
}

function joinParts(whole: string, fraction: string): string {
  return fraction === '' ? whole : `${whole}.${fraction}`;
}
