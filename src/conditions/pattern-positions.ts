/**
 * A regular expression as the characters that it takes, and in which order it may take them: for asking how often it may
 * try the same text. Anchors and word borders take nothing and are left out.
 */
export interface PatternPositions {
  /** What each position takes: a character, an escape or a class, as it is written. */
  atoms: string[];
  /** From a position to the next, with the number of ways that lead there; two stand for many. */
  follow: Map<number, number>[];
}

/** Positions with the number of ways that lead to them. */
type Ways = Map<number, number>;

/** A part: where it begins and ends, and in how many ways it takes nothing at all. */
interface Part {
  first: Ways;
  last: Ways;
  empty: number;
}

const MOST_WAYS = 2;
/** A part that is repeated a few times is written out; beyond, it counts as repeated without end. */
const MOST_COPIES = 12;
const MOST_WRITTEN_OUT = 200;

const ESCAPE =
  /\\(?:u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|[pP]\{[^}]*\}|c[A-Za-z]|k<[^>]*>|\d+|.)/sy;
const CLASS = /\[(?:\\.|[^\]\\])*\]/sy;
const QUANTIFIER = /([*+?]|\{(\d+)(,(\d*))?\})\??/y;
const GROUP = /\((?:\?(?:[:=!]|<[=!]|<[^>]*>|[a-z-]*:))?/y;
const CHARACTER = /./suy;

/** @param pattern one that the language takes, with the flag u */
export function readPositions(pattern: string): PatternPositions {
  const positions: PatternPositions = { atoms: [], follow: [] };
  readAlternatives({ pattern, at: 0, positions });
  return positions;
}

interface Reader {
  pattern: string;
  /** How far it has come. */
  at: number;
  positions: PatternPositions;
}

function readAlternatives(reader: Reader): Part {
  let all = readSequence(reader);
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    all = either(all, readSequence(reader));
  }
  return all;
}

function readSequence(reader: Reader): Part {
  const { pattern, positions } = reader;
  let all = NOTHING;
  while (reader.at < pattern.length && !'|)'.includes(pattern[reader.at] ?? ''))
    all = then(positions, all, readRepeated(reader));
  return all;
}

function readRepeated(reader: Reader): Part {
  const start = reader.at;
  const part = readOne(reader);
  const isShort = reader.at - start <= MOST_WRITTEN_OUT;
  const found = take(reader, QUANTIFIER);
  if (!found) return part;
  const end = reader.at;
  const again = () => {
    reader.at = start;
    const copy = readOne(reader);
    reader.at = end;
    return copy;
  };
  return repeat(reader.positions, part, { ...rangeOf(found), again: isShort ? again : undefined });
}

function readOne(reader: Reader): Part {
  const group = take(reader, GROUP);
  if (group) {
    const inner = readAlternatives(reader);
    reader.at += 1;
    // What only looks ahead or back takes nothing; within itself it is repeated like anything else.
    return /[=!]$/.test(group[0]) ? NOTHING : inner;
  }
  const [written = ''] = take(reader, ESCAPE) ?? take(reader, CLASS) ?? take(reader, CHARACTER) ?? [];
  if (written === '^' || written === '$' || /^\\[bB]$/.test(written)) return NOTHING;
  const isBackReference = /^\\(?:k<|[1-9])/.test(written);
  return isBackReference ? place(reader.positions, '[^]', 1) : place(reader.positions, written, 0);
}

function take(reader: Reader, expression: RegExp): RegExpExecArray | undefined {
  expression.lastIndex = reader.at;
  const found = expression.exec(reader.pattern) ?? undefined;
  reader.at += found?.[0].length ?? 0;
  return found;
}

function place({ atoms, follow }: PatternPositions, atom: string, empty: number): Part {
  const own = atoms.push(atom) - 1;
  follow.push(new Map());
  return { first: new Map([[own, 1]]), last: new Map([[own, 1]]), empty };
}

function then(positions: PatternPositions, before: Part, after: Part): Part {
  lead(positions, before.last, after.first);
  return {
    first: sum(before.first, times(after.first, before.empty)),
    last: sum(after.last, times(before.last, after.empty)),
    empty: Math.min(MOST_WAYS, before.empty * after.empty),
  };
}

function repeat(
  positions: PatternPositions,
  part: Part,
  { least, most, again }: Range & { again: (() => Part) | undefined },
): Part {
  if (most === 0) return NOTHING;
  if (most > MOST_COPIES || !again || positions.atoms.length >= MOST_WRITTEN_OUT) {
    lead(positions, part.last, part.first);
    return least === 0 ? { ...part, empty: 1 } : part;
  }
  let all = least === 0 ? orNothing(part) : part;
  for (let copy = 1; copy < most; copy++)
    all = then(positions, all, copy < least ? again() : orNothing(again()));
  return all;
}

function lead({ follow }: PatternPositions, from: Ways, to: Ways): void {
  for (const [position, ways] of from)
    for (const [next, more] of to) add(follow[position], next, ways * more);
}

interface Range {
  least: number;
  most: number;
}

function rangeOf([, sign = '', least = '0', comma, most = '']: RegExpExecArray): Range {
  if (sign === '*') return { least: 0, most: Number.POSITIVE_INFINITY };
  if (sign === '+') return { least: 1, most: Number.POSITIVE_INFINITY };
  if (sign === '?') return { least: 0, most: 1 };
  if (comma === undefined) return { least: Number(least), most: Number(least) };
  return { least: Number(least), most: most === '' ? Number.POSITIVE_INFINITY : Number(most) };
}

const NOTHING: Part = { first: new Map(), last: new Map(), empty: 1 };

function orNothing(part: Part): Part {
  return { ...part, empty: Math.min(MOST_WAYS, part.empty + 1) };
}

function either(one: Part, other: Part): Part {
  return {
    first: sum(one.first, other.first),
    last: sum(one.last, other.last),
    empty: Math.min(MOST_WAYS, one.empty + other.empty),
  };
}

function sum(one: Ways, other: Ways): Ways {
  const all = new Map(one);
  for (const [position, ways] of other) add(all, position, ways);
  return all;
}

function times(ways: Ways, factor: number): Ways {
  return factor === 0
    ? new Map()
    : new Map([...ways].map(([position, one]) => [position, Math.min(MOST_WAYS, one * factor)]));
}

function add(to: Ways | undefined, position: number, ways: number): void {
  to?.set(position, Math.min(MOST_WAYS, (to.get(position) ?? 0) + ways));
}
