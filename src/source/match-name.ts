import { plainNameOf } from '../encryption/encrypted-name.ts';

/**
 * How the names of a drop folder are read: which fit a pattern, which are unfinished, which mark another as finished.
 */

/** The text that the stars stood for, or undefined where the name does not fit. Case counts; the whole name counts. */
export type NameMatch = (name: string) => string | undefined;

/**
 * `*` stands for any characters, also for none; nothing else is special. Each star takes as much as it can, the first one
 * first. From the end, so that every text between stars is looked for once, whatever a name looks like.
 */
export function compileMatch(pattern: string): NameMatch {
  const [first = '', ...between] = pattern.split(/\*+/);
  const last = between.pop();
  if (last === undefined) return (name) => (name === pattern ? '' : undefined);
  return (name) => {
    if (!name.startsWith(first) || !name.endsWith(last)) return undefined;
    let end = name.length - last.length;
    const stars: string[] = [];
    for (const text of between.toReversed()) {
      const at = end - text.length < first.length ? -1 : name.lastIndexOf(text, end - text.length);
      if (at < first.length) return undefined;
      stars.unshift(name.slice(at + text.length, end));
      end = at;
    }
    return end < first.length ? undefined : [name.slice(first.length, end), ...stars].join('\0');
  };
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
