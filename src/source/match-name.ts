import { plainNameOf } from '../encryption/encrypted-name.ts';

/**
 * How the names of a drop folder are read: which fit a pattern, which are unfinished, which mark another as finished.
 */

/** The text that the stars stood for, or undefined where the name does not fit. Case counts; the whole name counts. */
export type NameMatch = (name: string) => string | undefined;

/** `*` stands for any characters, also for none; nothing else is special. */
export function compileMatch(pattern: string): NameMatch {
  const source = pattern
    .split(/\*+/)
    .map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
    .join('(.*)');
  const expression = new RegExp(`^${source}$`, 'su');
  return (name) => expression.exec(name)?.slice(1).join('\0');
}

/** An encrypted file fits by the name that it had before: students.csv.pgp by students*.csv. By its own name it may, too. */
export function compileDropMatch(pattern: string): NameMatch {
  const match = compileMatch(pattern);
  return (name) => {
    const plain = plainNameOf(name);
    return (plain === undefined ? undefined : match(plain)) ?? match(name);
  };
}

export function matchingNames(pattern: string, names: readonly string[]): string[] {
  const match = compileDropMatch(pattern);
  return names.filter((name) => match(name) !== undefined);
}

/** Names under which other programs write what is not whole yet. */
export function isTemporaryName(name: string): boolean {
  return name.startsWith('.') || /\.(part|filepart|tmp|crdownload)$/i.test(name);
}

/** The file that says that `name` is whole. @param marker has {name} in it once */
export function markerOf(marker: string, name: string): string {
  return marker.replace('{name}', () => name);
}

/** The file that this one would say is whole, or undefined where its name is no marker's. */
export function markedBy(marker: string, name: string): string | undefined {
  const [before = '', after = ''] = marker.split('{name}');
  const marked = name.slice(before.length, name.length - after.length);
  return marked !== '' && markerOf(marker, marked) === name ? marked : undefined;
}
