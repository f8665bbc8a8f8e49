import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Job, LookResult } from '../../daemon/job.ts';
import { runDaemon } from '../../daemon/run-daemon.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';
import { finishInterrupted } from '../../run/finish-interrupted.ts';
import { runConnection } from '../../run/run-connection.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { durationMs } from '../../time/duration.ts';
import type { Trigger } from '../../vocabulary/run.ts';
import type { Act, CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';

/** A folder of this machine costs nothing to look at; a host is logged into. */
const LOCAL_POLL_MS = 5000;
const REMOTE_POLL_MS = 10_000;

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
    await finishInterrupted(connection, tools).catch((thrown: unknown) =>
      reportTrouble(tools, connection, asAppError(thrown)),
    );
  }
  context.logger.info(
    { connections: enabled.map(({ name }) => name), archive: tools.archivePath },
    'started',
  );
  await runDaemon(
    enabled.map((connection) => jobOf(connection, config, tools)),
    context,
  );
  context.logger.info({}, 'stopped');
  return 0;
}

function jobOf(connection: LoadedConnection, config: LoadedConfig, tools: RunTools): Job {
  const { schedule, source } = connection.settings;
  const isLocal = source.type === 'local';
  const pollMs = 'every' in schedule ? durationMs(schedule.every) : isLocal ? LOCAL_POLL_MS : REMOTE_POLL_MS;
  return {
    name: connection.name,
    schedule,
    zone: config.settings.timezone,
    pollMs,
    ...(isLocal ? { watchFolder: source.path } : {}),
    look: (trigger) => lookOnce(connection, trigger, tools),
  };
}

/** One look: carries the drop that is there, if one is. Whatever fails is logged; the daemon lives on. */
async function lookOnce(
  connection: LoadedConnection,
  trigger: Trigger,
  tools: RunTools,
): Promise<LookResult> {
  try {
    const answer = await runConnection({ connection, trigger, dryRun: false, onlyNew: true }, tools);
    if (answer.kind !== 'ran') return { kind: 'done' };
    const { run, totals, error } = answer.report;
    const fields = {
      connection: connection.name,
      run: run.id,
      outcome: run.outcome,
      folder: answer.folder,
      totals,
      ...(error ? { code: error.code, message: error.message, hint: error.hint, place: error.place } : {}),
    };
    if (run.outcome === 'failed' || run.outcome === 'held') tools.logger.error(fields, `run ${run.outcome}`);
    else tools.logger.info(fields, `run ${run.outcome}`);
    if (connection.settings.environment === 'sandbox')
      return { kind: 'retire', why: 'a sandbox connection runs once' };
    return { kind: 'done' };
  } catch (thrown) {
    const error = asAppError(thrown);
    // Waiting for a person, or for another process, is no trouble: the next look asks again.
    if (error.code === 'open_run' || error.code === 'already_running') return { kind: 'done' };
    reportTrouble(tools, connection, error);
    return {
      kind: 'trouble',
      code: error.code,
      isFinal: error.code === 'login_refused' || error.code === 'host_key_changed',
    };
  }
}

function reportTrouble(tools: RunTools, connection: LoadedConnection, error: AppError): void {
  const { code, message, hint } = error;
  tools.logger.error(
    { connection: connection.name, code, message, hint },
    'the connection could not be carried',
  );
}
