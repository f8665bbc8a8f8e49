#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';
import { setFlagsFromString } from 'node:v8';

// Whatever the account's umask is, nobody else reads what is written here.
process.umask(0o077);
// Compiling the modules is half of a start. The cache lies in this package, where nobody else can write.
enableCompileCache(fileURLToPath(new URL('../node_modules/.cache/rosterferry', import.meta.url)));
// A heap of four times what is in use costs memory and saves no time where rows come and go in batches.
setFlagsFromString('--heap-growing-percent=50');
const { runCli } = await import('./cli/cli.ts');
process.exitCode = await runCli(process.argv.slice(2), process);
