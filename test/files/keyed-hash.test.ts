import { expect } from 'chai';
import { compileKeyedHash } from '../../src/files/keyed-hash.ts';

describe('files/keyed-hash', () => {
  it('is HMAC-SHA-256, as RFC 4231 has it', () => {
    expect(compileKeyedHash('Jefe')('what do ya want for nothing?')).to.equal(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    );
    // Test case 6: a key that is longer than a block; every byte of it is one character of UTF-8 only below 128.
    expect(compileKeyedHash('a'.repeat(200))('x')).not.to.equal(compileKeyedHash('a'.repeat(199))('x'));
  });

  it('reads text as UTF-8', () => {
    const one = compileKeyedHash('k');
    expect(one('é')).not.to.equal(one('e'));
    expect(one('004711')).not.to.equal(one('4711'));
  });
});
