import type { Command } from 'commander';
import { type RunAnswer, runConnection } from '../../run/run-connection.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { businessDate, collectOption, namedFiles } from '../options.ts';
import { printJson, printLine } from '../print.ts';
import { exitCodeOf, printReport } from '../print-report.ts';
import { openProgressBar } from '../progress-bar.ts';

interface RunOptions {
  file?: string[];
  dryRun?: boolean;
  asOf?: string;
}

export function registerRun(program: Command, act: Act): void {
  program
    .command('run')
    .argument('<connection>', 'name of the connection')
    .description('carries the drop that waits at the source, or the files that are named, now')
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
    .action(act(runOnce, { endsItself: true }));
}

async function runOnce(context: CliContext, name: string, options: RunOptions): Promise<number> {
  const asked = {
    dryRun: options.dryRun === true,
    businessDate: businessDate(options.asOf),
    named: namedFiles(options.file),
  };
  const config = await loadForCommand(context, { warns: true });
  const connection = connectionOf(config, name);
  using bar = openProgressBar(context);
  const request = { connection, trigger: 'manual' as const, ...asked };
  const answer = await runConnection(request, openTools(context, config, bar.progress));
  bar[Symbol.dispose]();
  if (answer.kind === 'no_drop') return printNoDrop(context, name, answer.found);
  printReport(context, answer.report, answer.folder);
  return exitCodeOf(answer.report);
}

function printNoDrop(
  context: CliContext,
  name: string,
  found: Extract<RunAnswer, { kind: 'no_drop' }>['found'],
): number {
  if (context.json) printJson(context, { run: null, connection: name, drop: found });
  else printLine(context, `${name}: ${describeNoDrop(found)} Nothing was done.`);
  return 0;
}

function describeNoDrop(found: Extract<RunAnswer, { kind: 'no_drop' }>['found']): string {
  if (found.state === 'none') return 'No file of a drop is at the source.';
  if (found.state === 'carried_before') return 'What is at the source was carried before.';
  const missing = found.missing.length > 0 ? ` Missing: ${found.missing.join(', ')}.` : '';
  const growing = found.growing.length > 0 ? ` Still arriving: ${found.growing.join(', ')}.` : '';
  return `The drop is not whole yet.${missing}${growing}`;
}
