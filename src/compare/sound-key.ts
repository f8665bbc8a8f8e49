/**
 * Consonants that are written for one another; only to bring likely pairs together, which are then compared
 * for good.
 */
const ALIKE: readonly (readonly [RegExp, string])[] = [
  [/ph/g, 'f'],
  [/ch|sh|c(?=[eiy])|[sxz]/g, 's'],
  [/ck|[ckq]/g, 'k'],
  [/[bvw]/g, 'b'],
  [/[gj]/g, 'g'],
  [/[dt]/g, 't'],
  [/[mn]/g, 'n'],
  [/[aeiouyh]/g, ''],
];
const DOUBLED = /(.)\1+/g;

/**
 * What is left of a name when vowels, doubled letters and consonants that sound alike are set aside: Smith
 * and Smyth, Vasquez and Bazques, Catherine and Katharine have one key. A name of vowels alone is its own
 * key.
 */
export function soundKey(name: string): string {
  let key = name;
  for (const [letters, sign] of ALIKE) key = key.replace(letters, sign);
  key = key.replace(DOUBLED, '$1');
  return key === '' ? name : key;
}
