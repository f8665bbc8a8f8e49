import { type KernelMemory, NUMBER_BYTES, putNumbers } from './regions.ts';

/** Numbers of 32 bits by their names. */
export interface Structure<Name extends string> {
  names: readonly Name[];
  sizeBytes: number;
  put(memory: KernelMemory, at: number, values: Record<Name, number>): void;
  /** Which of all numbers of the memory this one is, where the structure lies there. */
  wordOf(name: Name, at: number): number;
}

/** @param names in the order in which the class of the kernel has them */
export function structureOf<const Names extends readonly string[]>(
  ...names: Names
): Structure<Names[number]> {
  return {
    names,
    sizeBytes: names.length * NUMBER_BYTES,
    put: (memory, at, values) =>
      putNumbers(
        memory,
        at,
        names.map((name: Names[number]) => values[name]),
      ),
    wordOf: (name, at) => at / NUMBER_BYTES + names.indexOf(name),
  };
}
