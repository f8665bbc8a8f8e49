/**
 * Makes dist/, the program that is published: each command and each thread loads a few files in place of some five hundred, and starts
 * sooner. Packages stay packages, so that an installation shows what it consists of. npm run build
 */
import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const SRC = join(import.meta.dirname, 'src');
const DIST = join(import.meta.dirname, 'dist');

/** What Node starts by its name: the program, and the modules of threads, which `workerModule` looks for where they lie in src/. */
const entries: Record<string, string> = { main: join(SRC, 'main.ts') };
for await (const path of glob('**/*-worker.ts', { cwd: SRC, exclude: ['**/*-from-worker.ts'] }))
  entries[path.slice(0, -'.ts'.length)] = join(SRC, path);

await rm(DIST, { recursive: true, force: true });
const bundle = await rolldown({
  input: entries,
  platform: 'node',
  external: /^[^./]/,
});
await bundle.write({
  dir: DIST,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'parts/[name]-[hash].js',
});
await bundle.close();
