import { readFile, stat } from 'node:fs/promises';
import type { Command } from 'commander';
import {
  checkKeptHeads,
  headLine,
  type KeptHead,
  listHeads,
  parseKeptHeads,
} from '../../archive/kept-heads.ts';
import { listConnections } from '../../archive/sealed-folders.ts';
import {
  type NamedFolder,
  nameFolder,
  type Verification,
  type VerifiedPurge,
  verifyArchive,
  verifyPath,
} from '../../archive/verify-archive.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { AppError } from '../../errors/app-error.ts';
import { CATALOGUE } from '../../errors/catalogue.ts';
import { writeCounted, writeInstant } from '../../report/plain-values.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { paint, printJson, printLine } from '../print.ts';
import { unknownConnection } from '../unknown-connection.ts';

interface VerifyOptions {
  head?: boolean;
  against?: string;
}

export function registerVerify(program: Command, act: Act): void {
  program
    .command('verify')
    .argument(
      '[connection-or-folder]',
      'a connection, an archive folder or the folder of one sealed run; everything where it is left out',
    )
    .option('--head', 'print the end of each chain, to be kept elsewhere, and check nothing')
    .option('--against <file-or-hash>', 'heads that were kept: whether the archive still holds each of them')
    .action(
      act(async (context, what: string | undefined, { head = false, against }: VerifyOptions) => {
        if (head && against !== undefined)
          throw new AppError('usage', '--head and --against cannot be given together');
        const kept = against === undefined ? [] : await readKept(context, against);
        const named = await findNamed(context, what);
        if (head) return printHeads(context, named);
        const found = await verify(named);
        // Nothing found to check is no proof that all is well: most often another folder was meant.
        if (named.isTyped && isNothing(found)) throw noRun(what);
        if (kept.length === 0) return printResult(context, found);
        if (named.run !== undefined)
          throw new AppError('usage', '--against goes with an archive or a connection, not with one run');
        const missing = await checkKeptHeads(named.archive, kept, named.connection);
        return printResult(context, { ...found, problems: [...found.problems, ...missing] });
      }),
    );
}

/** A folder can be verified without any configuration: an auditor may have nothing but a copy of it. */
async function findNamed(
  context: CliContext,
  what: string | undefined,
): Promise<NamedFolder & { isTyped?: boolean }> {
  if (what === undefined) return { archive: (await loadForCommand(context)).settings.archive.path };
  const path = context.pathOf(what);
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const config = await loadForCommand(context).catch((thrown: unknown) => {
    if (isFolder) return undefined;
    throw thrown;
  });
  if (config && (await isConnection(config, what)))
    return { archive: config.settings.archive.path, connection: what };
  if (!isFolder) throw unknown(what, config);
  return { ...(await nameFolder(path)), isTyped: true };
}

function verify(named: NamedFolder): Promise<Verification> {
  return named.run === undefined ? verifyArchive(named.archive, named.connection) : verifyPath(named.run);
}

function isNothing({ runsChecked, problems }: Verification): boolean {
  return runsChecked === 0 && problems.every(({ problem }) => problem === 'added');
}

function noRun(what: string | undefined): AppError {
  return new AppError('usage', `There is no sealed run in ${what}`, {
    hint: 'Name an archive, the folder of a connection in it, or the folder of one run.',
  });
}

async function readKept(context: CliContext, against: string): Promise<KeptHead[]> {
  if (/^[0-9a-f]{64}$/.test(against)) return [{ sha256: against }];
  const path = context.pathOf(against);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AppError('usage', `--against ${against} is neither a hash nor a file that can be read`, {
      cause,
    });
  });
  return parseKeptHeads(text, against);
}

async function printHeads(context: CliContext, named: NamedFolder): Promise<number> {
  if (named.run !== undefined) throw new AppError('usage', '--head goes with an archive or a connection');
  const heads = await listHeads(named.archive, named.connection);
  if (context.json) printJson(context, { heads });
  else for (const head of heads) printLine(context, headLine(head));
  return 0;
}

/** Also one that is configured no more, as long as the archive has its runs. */
async function isConnection({ connections, settings }: LoadedConfig, name: string): Promise<boolean> {
  return connections.has(name) || (await listConnections(settings.archive.path)).includes(name);
}

function unknown(what: string, config: LoadedConfig | undefined): AppError {
  return unknownConnection(
    what,
    [...(config?.connections.keys() ?? [])],
    `${what} is neither a connection nor a folder`,
  );
}

function printResult(
  context: CliContext,
  { runsChecked, filesChecked, problems, purges }: Verification,
): number {
  const isWhole = problems.length === 0;
  if (context.json)
    printJson(context, { ok: isWhole, runs: runsChecked, files: filesChecked, problems, destroyed: purges });
  else {
    for (const { run, file, problem } of problems)
      printLine(context, `${paint('red', problem, context.stdout)}  ${run}  ${file}`);
    for (const purge of purges) printLine(context, describePurge(purge));
    const checked = `${writeCounted(runsChecked, 'run')} with ${writeCounted(filesChecked, 'file')} verified`;
    const sentence = isWhole
      ? paint('green', `${checked}: nothing missing, added or altered.`, context.stdout)
      : `${checked}: ${writeCounted(problems.length, 'problem')}.`;
    printLine(context, sentence);
  }
  return isWhole ? 0 : CATALOGUE.archive_altered.exit;
}

/** What is not there because it was destroyed by rule is no problem, and is said all the same. */
function describePurge({ purge, at, by, rules, runs, files, left }: VerifiedPurge): string {
  const what = `${writeCounted(files, 'file')} of ${writeCounted(runs, 'run')}`;
  const rest = left === 0 ? '' : `; ${left} of them are still there: run rosterferry purge again`;
  return `destroyed  ${purge}  ${what}, ${writeInstant(at)}, by ${by}: ${rules.join(', ')}${rest}`;
}
