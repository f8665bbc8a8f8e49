import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { isLate } from '../../daemon/is-late.ts';
import { nextDue } from '../../daemon/next-due.ts';
import { listReports } from '../../run/list-reports.ts';
import { runDayOf } from '../../time/run-day.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { printJson, printTable } from '../print.ts';

interface ConnectionStatus {
  name: string;
  enabled: boolean;
  last_run: { id: string; outcome: string; started_at: string } | null;
  next_due: string | null;
  open_run: { id: string; outcome: string } | null;
  /** Whether the drop that `expect` promises for today has not been carried by its hour. */
  late: boolean;
  schedule: string;
}

export function registerStatus(program: Command, act: Act): void {
  program
    .command('status')
    .description('each connection: schedule, last run and its outcome, next run, open run')
    .action(
      act(async (context) => {
        const config = await loadForCommand(context);
        const connections = await Promise.all(
          [...config.connections.values()].map((one) => statusOf(one, config, context)),
        );
        if (context.json) printJson(context, { connections });
        else
          printTable(
            context,
            ['connection', 'enabled', 'schedule', 'last run', 'outcome', 'next', 'open run', 'late'],
            connections.map(cellsOf),
          );
        return 0;
      }),
    );
}

async function statusOf(
  connection: LoadedConnection,
  config: LoadedConfig,
  context: CliContext,
): Promise<ConnectionStatus> {
  const { name, settings } = connection;
  let last: ConnectionStatus['last_run'] = null;
  let open: ConnectionStatus['open_run'] = null;
  let lastRunDate: string | undefined;
  for await (const { report, isOpen } of listReports(config.settings.archive.path, name)) {
    const { id, outcome, started_at } = report.run;
    last ??= { id, outcome, started_at };
    lastRunDate ??= report.run.business_date;
    if (!isOpen) break;
    open ??= { id, outcome };
  }
  const { date, time } = runDayOf(
    context.clock.now(),
    config.settings.timezone,
    settings.eligibility.school_year_starts,
  );
  const late = settings.enabled && isLate(settings.expect, { date, time, lastRunDate });
  const due = settings.enabled
    ? nextDue(settings.schedule, config.settings.timezone, context.clock.now())
    : null;
  return {
    name,
    enabled: settings.enabled,
    last_run: last,
    next_due: due,
    open_run: open,
    late,
    schedule: describeSchedule(connection),
  };
}

function describeSchedule({ settings: { schedule } }: LoadedConnection): string {
  if ('cron' in schedule) return `cron ${schedule.cron}`;
  return 'every' in schedule ? `every ${schedule.every}` : 'watch';
}

function cellsOf(status: ConnectionStatus): string[] {
  const { name, enabled, schedule, last_run, next_due, open_run, late } = status;
  return [
    name,
    enabled ? 'yes' : 'no',
    schedule,
    last_run?.started_at ?? 'never',
    last_run?.outcome ?? '',
    next_due ?? '',
    open_run?.id ?? '',
    late ? 'late' : '',
  ];
}
