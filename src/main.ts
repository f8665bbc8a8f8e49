#!/usr/bin/env node
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

// Whatever the account's umask is, nobody else reads what is written here.
process.umask(0o077);
// Compiling the modules is half of a start. The cache lies in this package, where nobody else can write; threads look for it
// under this name.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/rosterferry', import.meta.url),
);
enableCompileCache();
const { runCli } = await import('./cli/cli.ts');
const { printCrash } = await import('./cli/print-error.ts');
// Left to itself, Node shows the message and the line of the source, and the message may quote a row.
process.on('uncaughtException', (thrown) => process.exit(printCrash(process, thrown)));
process.exitCode = await runCli(process.argv.slice(2), process);
