import { availableParallelism } from 'node:os';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { openDaemon } from '../../daemon/open-daemon.ts';
import { asAppError } from '../../errors/app-error.ts';
import { finishInterrupted } from '../../run/finish-interrupted.ts';
import type { RunTools } from '../../run/run-tools.ts';
import type { CliContext } from '../act.ts';
import { openTools } from '../open-tools.ts';
import { openAlertWatch } from './alert-watch.ts';
import { answerJobs } from './answer-jobs.ts';
import { openCarryThread } from './carry-thread.ts';
import { openConsoleSwitch } from './console-switch.ts';
import { logReport, openDaemonJob, reportTrouble } from './daemon-job.ts';
import { digestJobs } from './digest-jobs.ts';
import { openRunLanes } from './run-lanes.ts';

/** All that `start` serves, by one configuration after the other. */
export interface Service {
  /** Serves by this configuration from now on: new connections begin, those that are gone end after their run. */
  follow(config: LoadedConfig): Promise<void>;
  /** Fulfilled when the signal is aborted and the last run has ended. */
  ended(): Promise<void>;
}

export async function openService(context: CliContext, config: LoadedConfig): Promise<Service> {
  const lanes = openRunLanes({
    cores: availableParallelism(),
    signal: context.signal,
    openThread: () =>
      openCarryThread({ context, level: context.verbose ? 'debug' : context.quiet ? 'error' : 'info' }),
  });
  const tools = { ...openTools(context, config), lanes };
  await finishAll(config, tools, context);
  const daemon = openDaemon(context);
  const alerts = openAlertWatch(config, tools);
  const console = openConsoleSwitch(tools);

  return {
    async follow(next) {
      // One ledger for all of them: its path cannot change while the daemon is at work.
      const nextTools = { ...openTools(context, next), ledger: tools.ledger, lanes };
      const jobs = enabledOf(next).map((connection) =>
        openDaemonJob(connection, nextTools, (looked) => {
          alerts.afterLook(looked);
          console.afterLook(looked);
        }),
      );
      await warnOfSecrets(next, context);
      alerts.follow(next, nextTools);
      await console.follow(next);
      daemon.follow([...jobs, ...answerJobs(enabledOf(next), nextTools), ...digestJobs(next, nextTools)]);
    },
    async ended() {
      await Promise.all([daemon.ended(), alerts.ended()]);
      await console.close();
    },
  };
}

/** Without them nobody is told; the students are carried all the same. */
async function warnOfSecrets(config: LoadedConfig, { env, logger }: CliContext): Promise<void> {
  const { missingSecrets } = await import('./notify-secrets.ts');
  for (const { code, message, hint } of await missingSecrets(config, env))
    logger.warn({ code, message, hint }, 'a message of notify could not be sent');
}

export function enabledOf(config: LoadedConfig): LoadedConnection[] {
  return [...config.connections.values()].filter((connection) => connection.settings.enabled);
}

/** What a crash or a stop left unfinished comes before anything new; each run of it when it is its turn. */
async function finishAll(config: LoadedConfig, tools: RunTools, { signal }: CliContext): Promise<void> {
  const finish = async (connection: LoadedConnection) => {
    try {
      for (const report of await finishInterrupted(connection, tools)) logReport(tools, report);
    } catch (thrown) {
      if (!signal.aborted) reportTrouble(tools, connection, asAppError(thrown));
    }
  };
  await Promise.all(enabledOf(config).map(finish));
}
