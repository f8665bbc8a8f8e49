const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATORS = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
const CHECKSUM_LENGTH = 6;

/**
 * Whether a text in small letters is Bech32 (BIP 173) with a right checksum, as keys of age are: whoever mistypes one is
 * told when the configuration is read, which is before the library that uses keys is loaded.
 */
export function isBech32(text: string): boolean {
  const split = text.lastIndexOf('1');
  const prefix = text.slice(0, split);
  const data = [...text.slice(split + 1)].map((character) => CHARACTERS.indexOf(character));
  if (split < 1 || data.length <= CHECKSUM_LENGTH || data.includes(-1)) return false;
  const codes = [...prefix].map((character) => character.charCodeAt(0));
  return polymod([...codes.map((code) => code >> 5), 0, ...codes.map((code) => code & 31), ...data]) === 1;
}

function polymod(values: readonly number[]): number {
  let checksum = 1;
  for (const value of values) {
    const top = checksum >>> 25;
    checksum = ((checksum & 0x1ffffff) << 5) ^ value;
    GENERATORS.forEach((generator, bit) => {
      if ((top >> bit) & 1) checksum ^= generator;
    });
  }
  return checksum;
}
