/** What is typed behind a bench; a wrong word is said in one line. */

export function readRows(typed: string): number[] {
  const numbers = typed.split(',').map(Number);
  if (numbers.every(isCount)) return numbers;
  return refuse(`--rows is a whole number, or some with commas between them; it was ${typed}`);
}

export function readRounds(typed: string): number {
  const rounds = Number(typed);
  return isCount(rounds) ? rounds : refuse(`--rounds is a whole number; it was ${typed}`);
}

/** Those that are named, in their own order; all where nothing is said. */
export function readOnly<Name extends string>(typed: string | undefined, names: readonly Name[]): Name[] {
  const named = typed?.split(',') ?? names;
  const unknown = named.find((one) => !names.some((name) => name === one));
  if (unknown !== undefined) return refuse(`--only has ${unknown}; it may name ${names.join(', ')}`);
  return names.filter((name) => named.includes(name));
}

function refuse(sentence: string): never {
  process.stderr.write(`error: ${sentence}\n`);
  process.exit(2);
}

function isCount(one: number): boolean {
  return Number.isInteger(one) && one > 0;
}
