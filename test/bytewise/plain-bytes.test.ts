import { expect } from 'chai';
import { NOT_PLAIN, plainBytesOf } from '../../src/bytewise/plain-bytes.ts';

const AS_IT_IS = (value: string) => value;
const byteOf = (character: string) => character.charCodeAt(0);
const E_ACUTE = Buffer.from('é');

describe('bytewise/plain-bytes', () => {
  it('copies what the ordinary form leaves as it is, and no control character', () => {
    const plain = plainBytesOf(AS_IT_IS, { forms: [], isUtf8: true });
    for (let byte = 0x20; byte < 0x7f; byte++) expect(plain[byte]).to.equal(byte);
    for (const byte of [0, 0x09, 0x0a, 0x0d, 0x1f, 0x7f]) expect(plain[byte]).to.equal(NOT_PLAIN);
    for (const byte of E_ACUTE) expect(plain[byte]).to.equal(byte);
  });

  it('looks at what the ordinary form quotes, escapes or refuses, wherever it stands', () => {
    const carry = (value: string) => {
      if (value.includes('|')) return undefined;
      return value.startsWith('=') ? `'${value}` : value.replaceAll(/["a]$/g, '""');
    };
    const plain = plainBytesOf(carry, { forms: [], isUtf8: true });
    for (const sign of ['|', '=', '"', 'a']) expect(plain[byteOf(sign)], sign).to.equal(NOT_PLAIN);
    expect(plain[byteOf(',')]).to.equal(NOT_PLAIN);
    const quotes = plainBytesOf((value) => (value.includes(',') ? `"${value}"` : value), {
      forms: [],
      isUtf8: true,
    });
    expect([quotes[byteOf(',')], quotes[byteOf(';')]]).to.deep.equal([NOT_PLAIN, byteOf(';')]);
  });

  it('changes the case of plain letters, in the order of the forms, and leaves other letters to the ordinary form', () => {
    const lower = plainBytesOf(AS_IT_IS, { forms: ['trim', 'lower'], isUtf8: true });
    expect([lower[byteOf('A')], lower[byteOf('a')], lower[byteOf('1')]]).to.deep.equal([97, 97, 49]);
    const upper = plainBytesOf(AS_IT_IS, { forms: ['lower', 'upper'], isUtf8: true });
    expect(upper[byteOf('a')]).to.equal(byteOf('A'));
    for (const byte of E_ACUTE) expect([lower[byte], upper[byte]]).to.deep.equal([NOT_PLAIN, NOT_PLAIN]);
  });

  it('asks about the letter that goes out', () => {
    const carry = (value: string) => (value.includes('A') ? undefined : value);
    const plain = plainBytesOf(carry, { forms: ['upper'], isUtf8: true });
    expect([plain[byteOf('a')], plain[byteOf('A')]]).to.deep.equal([NOT_PLAIN, NOT_PLAIN]);
  });

  it('copies no byte of other letters into an encoding that may lack them', () => {
    const plain = plainBytesOf(AS_IT_IS, { forms: ['trim'], isUtf8: false });
    for (const byte of E_ACUTE) expect(plain[byte]).to.equal(NOT_PLAIN);
  });

  it('copies nothing where every value is quoted', () => {
    const plain = plainBytesOf((value) => `"${value}"`, { forms: [], isUtf8: true });
    expect(new Set(plain)).to.deep.equal(new Set([NOT_PLAIN]));
  });
});
