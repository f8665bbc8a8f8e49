import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { listConnections } from '../../archive/sealed-folders.ts';
import { type Verification, verifyArchive, verifyPath } from '../../archive/verify-archive.ts';
import type { LoadedConfig } from '../../config/load-config.ts';
import { AppError } from '../../errors/app-error.ts';
import { CATALOGUE } from '../../errors/catalogue.ts';
import { writeCounted } from '../../report/plain-values.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { paint, printJson, printLine } from '../print.ts';

export function registerVerify(program: Command, act: Act): void {
  program
    .command('verify')
    .argument(
      '[connection-or-folder]',
      'a connection, an archive folder or the folder of one sealed run; everything where it is left out',
    )
    .description(
      "recomputes the archive's hashes and chain, and names each file that is missing, added or altered",
    )
    .action(
      act(async (context, what: string | undefined) => printResult(context, await verify(context, what))),
    );
}

/** A folder can be verified without any configuration: an auditor may have nothing but a copy of it. */
async function verify(context: CliContext, what: string | undefined): Promise<Verification> {
  if (what === undefined) return verifyArchive((await loadForCommand(context)).settings.archive.path);
  const path = context.pathOf(what);
  const isFolder = (await stat(path).catch(() => undefined))?.isDirectory() === true;
  const config = await loadForCommand(context).catch((thrown: unknown) => {
    if (isFolder) return undefined;
    throw thrown;
  });
  if (config && (await isConnection(config, what))) return verifyArchive(config.settings.archive.path, what);
  if (!isFolder) throw unknown(what, config);
  const found = await verifyPath(path);
  // Nothing found to check is no proof that all is well: most often another folder was meant.
  if (found.runsChecked === 0 && found.problems.every(({ problem }) => problem === 'added'))
    throw new AppError('usage', `There is no sealed run in ${what}`, {
      hint: 'Name an archive, the folder of a connection in it, or the folder of one run.',
    });
  return found;
}

/** Also one that is configured no more, as long as the archive has its runs. */
async function isConnection({ connections, settings }: LoadedConfig, name: string): Promise<boolean> {
  return connections.has(name) || (await listConnections(settings.archive.path)).includes(name);
}

function unknown(what: string, config: LoadedConfig | undefined): AppError {
  const names = [...(config?.connections.keys() ?? [])].join(', ');
  return new AppError('unknown_connection', `${what} is neither a connection nor a folder`, {
    hint: `Connections are: ${names}.`,
  });
}

function printResult(context: CliContext, { runsChecked, filesChecked, problems }: Verification): number {
  const isWhole = problems.length === 0;
  if (context.json) printJson(context, { ok: isWhole, runs: runsChecked, files: filesChecked, problems });
  else {
    for (const { run, file, problem } of problems)
      printLine(context, `${paint('red', problem, context.stdout)}  ${run}  ${file}`);
    const checked = `${writeCounted(runsChecked, 'run')} with ${writeCounted(filesChecked, 'file')} verified`;
    const sentence = isWhole
      ? paint('green', `${checked}: nothing missing, added or altered.`, context.stdout)
      : `${checked}: ${writeCounted(problems.length, 'problem')}.`;
    printLine(context, sentence);
  }
  return isWhole ? 0 : CATALOGUE.archive_altered.exit;
}
