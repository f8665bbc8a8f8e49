/** Names by the numbers that they were given. */
export interface Names {
  numberOf(name: string): number;
  at(number: number): string;
  size(): number;
  all(): readonly string[];
  /** Counts by number as counts by name, without the blank one and those that are 0. */
  named(counts: Uint32Array): ReadonlyMap<string, number>;
}

/** There are a few hundred schools; beyond what fits, they are all one without a name. The first of them is blank. */
export function openNames(first: readonly string[]): Names {
  const names = [...first];
  const numbers = new Map(names.map((name, at) => [name, at]));
  return {
    all: () => names,
    at: (number) => names[number] ?? '',
    size: () => names.length,
    named: (counts) =>
      new Map(names.flatMap((name, at) => (name !== '' && counts[at] ? [[name, counts[at]]] : []))),
    numberOf(name) {
      const known = numbers.get(name);
      if (known !== undefined) return known;
      if (names.length > 0xffff) return 0;
      numbers.set(name, names.length);
      return names.push(name) - 1;
    },
  };
}
