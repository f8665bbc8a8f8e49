/** Chance that can be repeated: the same seed, the same picks. */
export interface Chance {
  /** From 0 on. */
  below(end: number): number;
  /** True once in so many times. */
  once(among: number): boolean;
  one<T>(list: readonly T[]): T;
  /** From none to so many. */
  some<T>(most: number, make: () => T): T[];
}

export function openChance(seed: number): Chance {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  }
  const below = (end: number) => Math.floor(next() * end);
  return {
    below,
    once: (among) => below(among) === 0,
    one<T>(list: readonly T[]): T {
      const found = list[below(list.length)];
      if (found === undefined) throw new RangeError('Nothing to pick from');
      return found;
    },
    some: (most, make) => Array.from({ length: below(most + 1) }, make),
  };
}
