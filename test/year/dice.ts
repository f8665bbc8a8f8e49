/** Chance from a seed: the same seed gives the same year, on any machine. */
export interface Dice {
  /** From 0 to 1, without 1. */
  roll(): number;
  /** A whole number from 0 to `sides` - 1. */
  below(sides: number): number;
  chance(share: number): boolean;
  pick<Item>(list: readonly Item[]): Item;
  /** How often something happens in one night that happens `mean` times on average. */
  times(mean: number): number;
}

/** The generator is mulberry32. */
export function openDice(seed: number): Dice {
  let state = seed >>> 0;
  const roll = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const below = (sides: number) => Math.floor(roll() * sides);
  return {
    roll,
    below,
    chance: (share) => roll() < share,
    pick(list) {
      const item = list[below(list.length)];
      if (item === undefined) throw new RangeError('Nothing to pick from');
      return item;
    },
    times: (mean) => Math.floor(mean) + (roll() < mean % 1 ? 1 : 0),
  };
}
