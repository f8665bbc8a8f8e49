#!/usr/bin/env node
import nodeModule from 'node:module';
import { fileURLToPath } from 'node:url';

// An older one would show a line of the source that it does not know.
if (Number.parseInt(process.versions.node, 10) < 24) {
  const sentence = `Rosterferry needs Node 24 or newer, and this is ${process.version}`;
  process.stderr.write(`error[usage]: ${sentence}. Start it with "npx rosterferry", which brings its own.\n`);
  process.exit(2);
}

// Whatever the account's umask is, nobody else reads what is written here.
process.umask(0o077);
// Compiling the modules is half of a start. The cache lies in this package, where nobody else can write; threads look for it
// under this name.
process.env.NODE_COMPILE_CACHE ??= fileURLToPath(
  new URL('../node_modules/.cache/rosterferry', import.meta.url),
);
nodeModule.enableCompileCache();
const { runCli } = await import('./cli/cli.ts');
const { printCrash } = await import('./cli/print-error.ts');
// Left to itself, Node shows the message and the line of the source, and the message may quote a row.
process.on('uncaughtException', (thrown) => process.exit(printCrash(process, thrown)));
process.exitCode = await runCli(process.argv.slice(2), process);
