import { plainNameOf } from '../encryption/encrypted-name.ts';
import { compileDropMatch, markedBy } from './match-name.ts';

/** What a connection says about its files, under the names that reports use. */
export type DropFiles = Readonly<Record<string, { match: string; required: boolean }>>;

/** A file of the connection that a name fits, and what the stars of its pattern stood for. */
export type Fit = { name: string; wild: string };

/** The files of the connection whose patterns a name fits. A zip is no file of it, unless a pattern says that it is. */
export function compileFits(files: DropFiles): (fileName: string) => Fit[] {
  const matchers = Object.entries(files).map(([name, { match }]) => {
    return { name, match: compileDropMatch(match), isOfZips: isZip(match) };
  });
  return (fileName) =>
    matchers.flatMap(({ name, match, isOfZips }) => {
      const wild = isZip(fileName) && !isOfZips ? undefined : match(fileName);
      return wild === undefined ? [] : [{ name, wild }];
    });
}

/** The names of the connection whose patterns a file name fits: for the members of a zip. */
export function compileNamesOf(files: DropFiles): (fileName: string) => string[] {
  const fitsOf = compileFits(files);
  return (fileName) => fitsOf(fileName).map(({ name }) => name);
}

export function isZip(name: string): boolean {
  return /\.zip$/i.test(plainNameOf(name) ?? name);
}

export function isMarkerOfData(
  name: string,
  marker: string,
  fitsOf: ReturnType<typeof compileFits>,
): boolean {
  const marked = markedBy(marker, name);
  return marked !== undefined && (isZip(marked) || fitsOf(marked).length > 0);
}
