import { expect } from 'chai';
import { FINGERPRINT_LENGTH, fingerprintOf } from '../../src/bytewise/fingerprint.ts';

const PANGRAM = 'The quick brown fox jumps over the lazy dog';
/** XXH64 with the seed 0, as xxhsum prints them. */
const KNOWN: readonly [text: string, xxh64: string][] = [
  ['', 'ef46db3751d8e999'],
  ['a', 'd24ec4f1a98c6e5b'],
  ['abc', '44bc2cf5ad770999'],
  [PANGRAM, '0b242d361fda71bc'],
  ['Nobody inspects the spammish repetition', 'fbcea83c8a378bf1'],
];

const hexOf = (print: string) => Buffer.from(print, 'latin1').reverse().toString('hex');

describe('bytewise/fingerprint', () => {
  it('is XXH64', () => {
    for (const [text, expected] of KNOWN) {
      expect(fingerprintOf(text), text).to.have.length(FINGERPRINT_LENGTH);
      expect(hexOf(fingerprintOf(text)), text).to.equal(expected);
    }
  });

  it('is the same of a text and of its bytes, however long', () => {
    for (const text of ['', 'é', '李😀', PANGRAM, 'x'.repeat(100_000), 'ä'.repeat(100_001)])
      expect(fingerprintOf(Buffer.from(text)), `${text.length}`).to.equal(fingerprintOf(text));
  });

  it('differs where a text differs in a byte, of every length', () => {
    const prints = new Set<string>();
    for (let length = 1; length <= 100; length++)
      for (let at = 0; at < length; at++)
        prints.add(fingerprintOf(`${'x'.repeat(at)}y${'x'.repeat(length - at - 1)}`));
    expect(prints.size).to.equal(5050);
  });
});
