import { lstat, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import { diskError, errnoOf } from '../../files/disk-error.ts';
import { makeFolder, writeWhole } from '../../files/write-whole.ts';
import { sampleProject } from '../../sample/sample-project.ts';
import { runDayOf } from '../../time/run-day.ts';
import type { Act, CliContext } from '../act.ts';
import { printJson, printLine } from '../print.ts';

/** Small enough to be read, large enough to have some of every mess. */
const SAMPLE = { students: 200, seed: 1, connection: 'demo' };

export function registerInit(program: Command, act: Act): void {
  program.command('init').argument('[dir]', 'the folder, made where it is not there', '.').action(act(init));
}

async function init(context: CliContext, folder: string): Promise<number> {
  const timezone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const businessDate = runDayOf(context.clock.now(), timezone, '07-01').date;
  const files = sampleProject({ ...SAMPLE, timezone, businessDate });
  const written = files.map(({ path }) => join(folder, path));
  await refuseToBeFile(context, folder);
  await refuseToOverwrite(context, written);
  for (const { path, content } of files) {
    const target = context.pathOf(join(folder, path));
    await makeFolder(dirname(target));
    await writeWhole(target, content);
  }
  if (context.json) printJson(context, { written });
  else printNextSteps(context, folder, written);
  return 0;
}

async function refuseToBeFile({ pathOf }: CliContext, folder: string): Promise<void> {
  const facts = await stat(pathOf(folder)).catch(() => undefined);
  if (facts && !facts.isDirectory())
    throw new AppError('already_exists', `${folder} is there, and it is no folder`, {
      hint: 'Name a folder, or one that is not there yet.',
    });
}

/** Looked at before the first byte is written, so that a refusal leaves nothing behind. */
async function refuseToOverwrite({ pathOf }: CliContext, files: readonly string[]): Promise<void> {
  const there: string[] = [];
  for (const file of files) if (await exists(pathOf(file))) there.push(file);
  if (there.length === 0) return;
  throw new AppError('already_exists', `init would overwrite ${there.join(', ')}`, {
    context: { files: there },
  });
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return false;
    if (errnoOf(cause) === 'ENOTDIR') return true;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}

function printNextSteps(context: CliContext, folder: string, written: readonly string[]): void {
  for (const path of written) printLine(context, `wrote ${path}`);
  const option = folder === '.' ? '' : ` --config ${join(folder, 'rosterferry.yaml')}`;
  printLine(context);
  printLine(context, 'Next:');
  printLine(context, `  rosterferry${option} check      says whether everything is in order`);
  printLine(context, `  rosterferry${option} run ${SAMPLE.connection}   carries the sample drop`);
}
