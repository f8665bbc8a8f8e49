import { expect } from 'chai';
import fc from 'fast-check';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/number', () => {
  it('rounds on the digits, where floating point would not', () => {
    const cents = codeOf('number', 2);
    expect(cents('1.005')).to.equal('1.01');
    expect(cents('-1.005')).to.equal('-1.01');
    expect(cents('0.994')).to.equal('0.99');
    expect(cents('.5')).to.equal('0.50');
    expect(cents('99.999')).to.equal('100.00');
    expect(cents('12345678901234567890.125')).to.equal('12345678901234567890.13');
  });

  it('refuses what is no number', () => {
    for (const written of [
      '.',
      '-',
      '+',
      '1.2.3',
      '1,2',
      '1,2345',
      '0x10',
      'NaN',
      '١٢',
      '1 000',
      '$5',
      '(5)',
      '1e3',
    ])
      expect(codeOf('number')(written), written).to.equal('bad_number');
  });

  it('keeps every whole number as it is', () => {
    fc.assert(
      fc.property(fc.bigInt(), (whole) => {
        expect(codeOf('number')(String(whole))).to.equal(String(whole));
      }),
    );
  });
});
