import { type PatternPositions, readPositions } from './pattern-positions.ts';

/** Loops of more positions than this are not looked into; people write none. */
const LARGEST_LOOP = 80;

/**
 * Whether a value of some thirty characters could keep the expression busy for ever: because a loop of it takes the same
 * text in two ways, and each round doubles the ways to try. `(a+)+`, `(\w+\s?)*` and `(a|a)*` are of that kind. What is
 * slower by a power of the length only is not found; that the length of values is bounded.
 * @param pattern one that the language takes, with the flag u
 */
export function isEndless(pattern: string, ignoreCase = false): boolean {
  const positions = readPositions(pattern);
  const share = compileShare(positions.atoms, sampleOf(pattern), ignoreCase);
  return loopsOf(positions).some((loop) => isTakenTwice(loop, positions, share));
}

/** Characters of every kind that expressions tell apart, and those that this one names. */
function sampleOf(pattern: string): string[] {
  const plain = Array.from({ length: 0x7f }, (_, code) => String.fromCharCode(code));
  const named = [...pattern.matchAll(/\\u\{?([0-9a-fA-F]+)\}?/g)].map(([, code = '0']) =>
    String.fromCodePoint(Math.min(0x10ffff, Number.parseInt(code, 16))),
  );
  return [...new Set([...plain, ...'\u00a0éÉßñø\u0142жЖあ漢\u0660\u200d’—🙂', ...pattern, ...named])];
}

type Share = (one: number, other: number) => boolean;

/** Whether two positions take some character both. */
function compileShare(atoms: readonly string[], sample: readonly string[], ignoreCase: boolean): Share {
  const known = new Map<string, Set<string>>();
  const takenBy = (position: number): Set<string> => {
    const atom = atoms[position] ?? '';
    let taken = known.get(atom);
    if (!taken) {
      const expression = new RegExp(`^(?:${atom})$`, ignoreCase ? 'iu' : 'u');
      taken = new Set(sample.filter((character) => expression.test(character)));
      known.set(atom, taken);
    }
    return taken;
  };
  return (one, other) => !takenBy(one).isDisjointFrom(takenBy(other));
}

/** Positions that lead to one another. */
function loopsOf({ follow }: PatternPositions): number[][] {
  const reached = follow.map((_, start) => reachable(start, follow));
  const seen = new Set<number>();
  return reached.flatMap((from, start) => {
    if (seen.has(start) || !from.has(start)) return [];
    const loop = [...from].filter((position) => reached[position]?.has(start));
    for (const position of loop) seen.add(position);
    return loop.length <= LARGEST_LOOP ? [loop] : [];
  });
}

function reachable(start: number, follow: PatternPositions['follow']): Set<number> {
  const found = new Set<number>();
  const open = [start];
  for (let position = open.pop(); position !== undefined; position = open.pop())
    for (const next of follow[position]?.keys() ?? [])
      if (!found.has(next)) {
        found.add(next);
        open.push(next);
      }
  return found;
}

/**
 * Whether two walkers can leave a position of the loop together, part, and come back together over the same characters. As
 * each position leads to each other, it is the same for all: one is enough to start from.
 */
function isTakenTwice(loop: readonly number[], { follow }: PatternPositions, share: Share): boolean {
  const places = new Map(loop.map((position, at) => [position, at]));
  const forward = loop.map((position) => placesOf(follow[position]?.keys() ?? [], places));
  const backward = forward.map((_, at) => forward.flatMap((next, from) => (next.includes(at) ? [from] : [])));
  const isDoubled = loop.some((position) =>
    [...(follow[position] ?? [])].some(([next, ways]) => ways > 1 && places.has(next)),
  );
  if (isDoubled) return true;
  const shares = loop.map((one) => loop.map((other) => share(one, other)));
  const parts = walkTogether(forward, shares);
  const meets = walkTogether(backward, shares);
  return loop.some((_, one) =>
    loop.some(
      (__, other) =>
        one !== other && parts.has(one * loop.length + other) && meets.has(one * loop.length + other),
    ),
  );
}

function placesOf(positions: Iterable<number>, places: ReadonlyMap<number, number>): number[] {
  return [...positions].flatMap((position) => places.get(position) ?? []);
}

/** Where two walkers from the first place come to, always at places that take a character both; as pairs, one * size + other. */
function walkTogether(next: readonly number[][], shares: readonly boolean[][]): Set<number> {
  const size = next.length;
  const found = new Set([0]);
  for (const pair of found)
    for (const one of next[Math.floor(pair / size)] ?? [])
      for (const other of next[pair % size] ?? []) if (shares[one]?.[other]) found.add(one * size + other);
  return found;
}
