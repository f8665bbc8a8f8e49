import { expect } from 'chai';
import fc from 'fast-check';
import { codeOf } from './a-step.ts';

describe('mapping/transforms/phone', () => {
  it('reads what districts write', () => {
    const digits = codeOf('phone', 'digits');
    for (const written of [
      '3125550123',
      '312-555-0123',
      '(312)555-0123',
      '+1 312 555 0123',
      '1-312-555-0123',
      '312.555.0123',
      ' 312 555 0123 ',
      '312/555-0123',
      '(312) 555-0123 x45',
    ])
      expect(digits(written), written).to.equal('3125550123');
  });

  it('refuses what is no number, or more than one', () => {
    const digits = codeOf('phone', 'digits');
    for (const written of [
      '555-0123',
      '012-555-0123',
      '112-555-0123',
      '31255501234',
      '312-555-0123 / 312-555-0188',
      'call 312-555-0123',
      'n/a',
      '0',
      '+44 20 7946 0958',
    ])
      expect(digits(written), written).to.equal('bad_phone');
  });

  it('does not ask whether an area code is in use', () => {
    expect(codeOf('phone')('999-555-0123')).to.equal('(999) 555-0123');
    expect(codeOf('phone', { country: 'CA' })('204-555-0123')).to.equal('(204) 555-0123');
  });

  it('writes numbers of other countries in their own way', () => {
    expect(codeOf('phone', { country: 'GB', format: 'digits' })('020 7946 0958')).to.equal('2079460958');
    expect(codeOf('phone', { country: 'GB', format: '999-999-9999' })('020 7946 0958')).to.equal(
      '207-946-0958',
    );
    expect(codeOf('phone', { country: 'MX' })('+1 312 555 0123')).to.equal('bad_phone');
    expect(codeOf('phone', { country: 'MX', format: 'e164' })('+1 312 555 0123')).to.equal('+13125550123');
    expect(codeOf('phone', { country: 'GB', format: 'international' })('020 7946 0958')).to.equal(
      '+44 20 7946 0958',
    );
    expect(codeOf('phone', { country: 'GB' })('020 79')).to.equal('bad_phone');
  });

  it('reads its own writing', () => {
    const digits = fc.tuple(fc.integer({ min: 200, max: 999 }), fc.integer({ min: 0, max: 9_999_999 }));
    const plain = codeOf('phone', 'digits');
    fc.assert(
      fc.property(
        digits,
        fc.constantFrom('national', 'e164', 'international', '999.999.9999'),
        ([area, rest], format) => {
          const number = `${area}${String(rest).padStart(7, '0')}`;
          expect(plain(codeOf('phone', format)(number))).to.equal(number);
        },
      ),
    );
  });
});
