/**
 * Package: where the files lie that come with the program.
 *
 * in:       a name within the package
 * out:      the path to it, in a checkout as where it was installed
 * promises: the same file for a source and for a part of the bundled program, at whatever depth that lies
 * never:    reads one
 */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
let root: string | undefined;

/** A file or folder of this package, such as `data/nicknames.csv`. */
export function packagePath(...parts: string[]): string {
  root ??= rootAbove(HERE);
  return join(root, ...parts);
}

/** Where no folder has a package.json, the topmost: whoever reads from there says what is missing. */
function rootAbove(folder: string): string {
  const above = dirname(folder);
  return above === folder || existsSync(join(folder, 'package.json')) ? folder : rootAbove(above);
}
