/**
 * Makes dist/, the program that is published: each command and each thread loads a few files in place of some five hundred, and starts
 * sooner. Packages stay packages, so that an installation shows what it consists of. npm run build
 */
import { glob, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const SRC = join(import.meta.dirname, 'src');
const DIST = join(import.meta.dirname, 'dist');

/** What Node starts by its name: the program, and the modules of threads, which `workerModule` looks for where they lie in src/. */
const entries = ['main.ts'];
for await (const path of glob('**/*-worker.ts', { cwd: SRC, exclude: ['**/*-from-worker.ts'] }))
  entries.push(path);

await rm(DIST, { recursive: true, force: true });
await build({
  entryPoints: entries.map((path) => join(SRC, path)),
  outbase: SRC,
  outdir: DIST,
  chunkNames: 'parts/[name]-[hash]',
  bundle: true,
  splitting: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node24',
  logLevel: 'warning',
});
