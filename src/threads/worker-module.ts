import { pathToFileURL } from 'node:url';
import { packagePath } from '../package/package-path.ts';

const IS_SOURCE = import.meta.url.endsWith('.ts');

/**
 * The module that a thread runs: as TypeScript in a checkout, as JavaScript in the published package. It has to be one of those that
 * `build.ts` finds by their names.
 * @param name where it lies in src/, without its ending, as in `parse/parse-worker`
 */
export function workerModule(name: string): URL {
  const path = IS_SOURCE ? packagePath('src', `${name}.ts`) : packagePath('dist', `${name}.js`);
  return pathToFileURL(path);
}
