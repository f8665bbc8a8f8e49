import { userInfo } from 'node:os';
import type { Command } from 'commander';
import { AppError } from '../../errors/app-error.ts';
import { decideRun, type RunDecision } from '../../run/deciding/decide-run.ts';
import type { Act, CliContext } from '../act.ts';
import { findReport } from '../find-report.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { exitCodeOf, printReport } from '../print-report.ts';
import { tellAfterRun } from '../serving/tell-after-run.ts';

/** The two answers to a held run: this one, and cancel. */
export function registerApprove(program: Command, act: Act): void {
  program
    .command('approve')
    .argument('<run>', 'id of the held run')
    .option('--reason <text>', 'why; it stands in the report')
    .option(
      '--arrived',
      'the file that was asked about is at the destination already: note it as delivered, do not send it',
    )
    .action(
      act(
        (context, run: string, { reason, arrived }: { reason?: string; arrived?: boolean }) =>
          decide(context, run, { decision: 'approve', reason, arrived }),
        { endsItself: true },
      ),
    );
}

export function registerCancel(program: Command, act: Act): void {
  program
    .command('cancel')
    .argument('<run>', 'id of the held run')
    .requiredOption('--reason <text>', 'why; it stands in the report')
    .action(
      act(
        (context, run: string, { reason }: { reason: string }) =>
          decide(context, run, { decision: 'cancel', reason }),
        { endsItself: true },
      ),
    );
}

async function decide(context: CliContext, run: string, what: Omit<RunDecision, 'by'>): Promise<number> {
  if (what.reason?.trim() === '') throw new AppError('usage', '--reason says nothing');
  const config = await loadForCommand(context);
  const known = await findReport(config.settings.archive.path, run);
  const connection = connectionOf(config, known.report.run.connection);
  const decision = { ...what, by: userInfo().username };
  const tools = openTools(context, config);
  const { report, folder } = await decideRun(connection, run, decision, tools);
  printReport(context, report, folder);
  await tellAfterRun(context, { connection, config, tools });
  return exitCodeOf(report);
}
