import type { Command } from 'commander';
import type { Job } from '../../daemon/job.ts';
import { runDaemon } from '../../daemon/run-daemon.ts';
import { asAppError } from '../../errors/app-error.ts';
import { finishInterrupted } from '../../run/finish-interrupted.ts';
import type { Act, CliContext } from '../act.ts';
import { logReport, openDaemonJob, reportTrouble } from '../daemon-job.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';

export function registerStart(program: Command, act: Act): void {
  program
    .command('start')
    .description('the daemon: watches, polls and schedules until it is stopped')
    .action(act(startDaemon, { endsItself: true, logLevel: 'info' }));
}

async function startDaemon(context: CliContext): Promise<number> {
  const config = await loadForCommand(context, { warns: true });
  const tools = openTools(context, config);
  const enabled = [...config.connections.values()].filter((connection) => connection.settings.enabled);
  for (const connection of enabled) {
    try {
      for (const report of await finishInterrupted(connection, tools)) logReport(tools, report);
    } catch (thrown) {
      if (context.signal.aborted) break;
      reportTrouble(tools, connection, asAppError(thrown));
    }
  }
  context.logger.info(
    { connections: enabled.map(({ name }) => name), archive: tools.archivePath },
    'started',
  );
  const jobs: Job[] = [];
  for (const connection of enabled) jobs.push(await openDaemonJob(connection, config, tools));
  await runDaemon(jobs, context);
  context.logger.info({}, 'stopped');
  return 0;
}
