import type { Command } from 'commander';
// It opens the ledger in any case. What is loaded once the heap is kept small is compiled anew in every run.
import '../../ledger/open-ledger.ts';
import { runConnection } from '../../run/run-connection.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { businessDate, collectOption, laneOf, namedFiles } from '../options.ts';
import { printAnswer } from '../print-answer.ts';
import { openProgressBar } from '../progress-bar.ts';
import { tellAfterRun } from '../serving/tell-after-run.ts';

interface RunOptions {
  file?: string[];
  dryRun?: boolean;
  asOf?: string;
  only?: string;
  sendOne?: string;
  regardless?: boolean;
}

export function registerRun(program: Command, act: Act): void {
  program
    .command('run')
    .argument('<connection>', 'name of the connection')
    .option(
      '--file <name=path>',
      'a file of the drop, named instead of taken from the source; may be repeated',
      collectOption,
    )
    .option(
      '--dry-run',
      'write report and drafted output under archive/.dry/RUN; deliver and remember nothing',
    )
    .option(
      '--as-of <date>',
      'the business date, yyyy-MM-dd: what "today", the school year and ages are counted from',
    )
    .option(
      '--only <ids>',
      'deliver just these students, by id with commas between, or a file with one id a line; all others stay as they were',
    )
    .option('--send-one <id>', 'deliver the record of one student as a test')
    .option('--regardless', 'with --send-one: whatever the status, school and age of the student')
    .action(act(runOnce, { endsItself: true }));
}

/** Less is remembered in a few hundredths of a second; of so much, copying the files leaves the time. */
const TELL_AHEAD_BYTES = 512 << 10;

async function runOnce(context: CliContext, name: string, options: RunOptions): Promise<number> {
  const asked = {
    dryRun: options.dryRun === true,
    businessDate: businessDate(options.asOf),
    named: namedFiles(options.file, context.pathOf),
    lane: await laneOf(options, context.pathOf),
  };
  const config = await loadForCommand(context);
  const connection = connectionOf(config, name);
  using bar = openProgressBar(context);
  const request = { connection, trigger: 'manual' as const, ...asked };
  const tools = { ...openTools(context, config, bar.progress), tellAheadBytes: TELL_AHEAD_BYTES };
  const after = { connection, config, tools };
  try {
    const answer = await runConnection(request, tools);
    bar[Symbol.dispose]();
    const exitCode = await printAnswer(context, connection, {
      answer,
      archivePath: config.settings.archive.path,
    });
    if (!asked.dryRun) await tellAfterRun(context, after);
    return exitCode;
  } catch (thrown) {
    if (!asked.dryRun) await tellAfterRun(context, { ...after, thrown });
    throw thrown;
  }
}
