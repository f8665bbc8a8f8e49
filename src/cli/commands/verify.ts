import { stat } from 'node:fs/promises';
import type { Command } from 'commander';
import { type Verification, verifyArchive, verifyPath } from '../../archive/verify-archive.ts';
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
      'a connection, or the folder of one sealed run; everything where it is left out',
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
  if (what !== undefined && (await isFolder(what))) return verifyPath(what);
  const config = await loadForCommand(context);
  return verifyArchive(config.settings.archive.path, what);
}

async function isFolder(path: string): Promise<boolean> {
  const facts = await stat(path).catch(() => undefined);
  return facts?.isDirectory() === true;
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
