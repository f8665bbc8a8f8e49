import type { Command } from 'commander';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { describePause, type Pause } from '../../reconcile/pause.ts';
import { type RunAnswer, runConnection } from '../../run/run-connection.ts';
import type { Act, CliContext } from '../act.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { businessDate, collectOption, laneOf, namedFiles } from '../options.ts';
import { printJson, printLine } from '../print.ts';
import { exitCodeOf, printReport } from '../print-report.ts';
import { openProgressBar } from '../progress-bar.ts';

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
    .option(
      '--only <ids>',
      'deliver just these students, by id with commas between, or a file with one id a line; all others stay as they were',
    )
    .option('--send-one <id>', 'deliver the record of one student as a test')
    .option('--regardless', 'with --send-one: whatever the status, school and age of the student')
    .action(act(runOnce, { endsItself: true }));
}

async function runOnce(context: CliContext, name: string, options: RunOptions): Promise<number> {
  const asked = {
    dryRun: options.dryRun === true,
    businessDate: businessDate(options.asOf),
    named: namedFiles(options.file),
    lane: await laneOf(options),
  };
  const config = await loadForCommand(context, { warns: true });
  const connection = connectionOf(config, name);
  using bar = openProgressBar(context);
  const request = { connection, trigger: 'manual' as const, ...asked };
  const answer = await runConnection(request, openTools(context, config, bar.progress));
  bar[Symbol.dispose]();
  if (answer.kind === 'paused') return printPaused(context, connection, answer.pause);
  if (answer.kind === 'no_drop') return printNoDrop(context, connection, answer.found);
  printReport(context, answer.report, answer.folder);
  return exitCodeOf(answer.report);
}

function printPaused(context: CliContext, { name }: LoadedConnection, pause: Pause): number {
  if (context.json) printJson(context, { run: null, connection: name, paused: pause });
  else printLine(context, `${name}: ${describePause(pause)} Nothing was done.`);
  return 0;
}

type NoDrop = Extract<RunAnswer, { kind: 'no_drop' }>['found'];

function printNoDrop(context: CliContext, connection: LoadedConnection, found: NoDrop): number {
  const { name } = connection;
  if (context.json) printJson(context, { run: null, connection: name, drop: found });
  else printLine(context, `${name}: ${describeNoDrop(connection, found)} Nothing was done.`);
  return 0;
}

/** Names the folder and the patterns: most often one of the two was mistyped. */
function describeNoDrop({ settings }: LoadedConnection, found: NoDrop): string {
  const { source, files } = settings;
  const where = source.type === 'local' ? source.path : `${source.host}:${source.path}`;
  if (found.state === 'carried_before') return `What is in ${where} was carried before.`;
  if (found.state === 'none') {
    const patterns = Object.values(files).map(({ match }) => match);
    return `No file in ${where} fits ${patterns.join(' or ')}.`;
  }
  const wanted = found.missing.map((name) => `${name} (${files[name]?.match})`);
  const missing = wanted.length > 0 ? ` Missing: ${wanted.join(', ')}.` : '';
  const marker = 'marker' in source.ready ? ` or waiting for its ${source.ready.marker}` : '';
  const growing = found.growing.length > 0 ? ` Still arriving${marker}: ${found.growing.join(', ')}.` : '';
  return `The drop in ${where} is not whole yet.${missing}${growing}`;
}
