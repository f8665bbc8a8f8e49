import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';
import { openLogger } from '../../log/logger.ts';
import type { RunTools } from '../../run/run-tools.ts';
import type { CliContext } from '../act.ts';
import { printWarning } from '../print.ts';
import { sendAlerts, settleAlerts } from './tell-alerts.ts';

interface AfterRun {
  connection: LoadedConnection;
  config: LoadedConfig;
  tools: RunTools;
  /** What the run ended with, where it did not end with a report. */
  thrown?: unknown;
}

/** What says nothing about the connection itself, but of what was typed. */
const NO_TROUBLE: readonly AppError['code'][] = [
  'usage',
  'already_running',
  'open_run',
  'unknown_run',
  'input_missing',
];

/**
 * Tells what a command brought about, as the daemon would. A message that does not arrive is a warning, whatever happens:
 * the students are where they belong all the same.
 */
export async function tellAfterRun(context: CliContext, { thrown, ...after }: AfterRun): Promise<void> {
  const { connection, config, tools } = after;
  if (!connection.settings.notify || tools.signal.aborted) return;
  const error = thrown === undefined ? undefined : asAppError(thrown);
  const isTrouble = error !== undefined && !NO_TROUBLE.includes(error.code);
  try {
    const trouble = isTrouble ? { error, sinceMs: tools.clock.now() } : undefined;
    await settleAlerts(connection, trouble, { config, tools });
    // What did not arrive is said once, as a warning; the line of the log is for who asks for every step.
    const logger = context.verbose ? tools.logger : openLogger('silent', context.stderr);
    for (const missed of await sendAlerts(config, { ...tools, logger })) warn(context, missed);
  } catch (fault) {
    warn(context, asAppError(fault));
  }
}

function warn(context: CliContext, { code, message, hint }: AppError): void {
  printWarning(context, code, `${message}. ${hint}`);
}
