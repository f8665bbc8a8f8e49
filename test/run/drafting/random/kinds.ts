import { type Chance, openChance } from '../../../builders/chance.ts';

/** So many of a kind are made for the pairs of a group, because checking what is written costs more than judging by it. */
const KINDS = 1000;

/** Picks one of them; the same seed picks the same one. */
export function openKinds<Kind>(
  make: (chance: Chance) => Kind,
  count = KINDS,
): (chance: Chance, group: number) => Kind {
  const known = new Map<number, Kind>();
  return (chance, group) => {
    const number = group * count + chance.below(count);
    const kind = known.get(number) ?? make(openChance(number));
    known.set(number, kind);
    return kind;
  };
}
