import type { Command } from 'commander';
import type { LoadedConfig } from '../../config/load-config.ts';
import { resolveArchiveKeys } from '../../config/resolve-archive-keys.ts';
import { sharedDeliveries } from '../../config/shared-deliveries.ts';
import { type AppError, asAppError } from '../../errors/app-error.ts';
import type { Act, CliContext } from '../act.ts';
import { whyNoArchive } from '../check-archive.ts';
import { type Check, type CheckedConnection, checkConnection } from '../check-connection.ts';
import { connectionOf, loadForCommand } from '../load-for-command.ts';
import { openTools } from '../open-tools.ts';
import { paint, printJson, printLine } from '../print.ts';
import { errorFacts, errorsOf, printErrorLines } from '../print-error.ts';
import { missingSecrets } from '../serving/notify-secrets.ts';

export function registerCheck(program: Command, act: Act): void {
  program
    .command('check')
    .argument('[connection]', 'one connection; every enabled one where it is left out')
    .action(act(check));
}

async function check(context: CliContext, name: string | undefined): Promise<number> {
  let config: LoadedConfig;
  try {
    config = await loadForCommand(context);
    if (name !== undefined) connectionOf(config, name);
  } catch (thrown) {
    if (context.json)
      printJson(context, { ok: false, connections: [], errors: errorsOf(thrown).map(errorFacts) });
    return printErrorLines(context, errorsOf(thrown));
  }
  const checked = await checkAll(context, config, name);
  const ofService = await faultsOfService(context, config);
  const errors = [...checked.flatMap((one) => one.errors), ...ofService];
  if (context.json) printJson(context, documentOf(checked, ofService));
  else if (errors.length === 0) printLine(context, inOrder(context, checked));
  return errors.length === 0 ? 0 : printErrorLines(context, errors);
}

/** What belongs to no end of a connection: where runs are kept, the key that reads them again, and what messages need. */
async function faultsOfService(context: CliContext, config: LoadedConfig): Promise<AppError[]> {
  const { env, configPath } = context;
  const archiveFault = await whyNoArchive(config.settings.archive.path, configPath);
  const keys = await Promise.allSettled([resolveArchiveKeys(config.settings.archive, { ...config, env })]);
  const keyFaults = keys.flatMap((one) => (one.status === 'rejected' ? [asAppError(one.reason)] : []));
  return [...(archiveFault ? [archiveFault] : []), ...keyFaults, ...(await missingSecrets(config, env))];
}

function inOrder({ configPath }: CliContext, checked: readonly CheckedConnection[]): string {
  const isDoubtful = checked.some(({ checks }) => checks.some(({ ok }) => ok === null));
  const asFar = isDoubtful ? ', as far as looking tells: the first delivery will show the rest' : '';
  return `${configPath} is in order${asFar}.`;
}

/** One after the other, and on after an error: each connection is another host, and another person mends it. */
async function checkAll(
  context: CliContext,
  config: LoadedConfig,
  name?: string,
): Promise<CheckedConnection[]> {
  const tools = openTools(context, config);
  const shared = await sharedDeliveries(config.connections.values());
  const checked: CheckedConnection[] = [];
  for (const connection of config.connections.values()) {
    if (name !== undefined && connection.name !== name) continue;
    const isLeftOut = name === undefined && !connection.settings.enabled;
    const one = isLeftOut
      ? notAsked(connection.name, connection.settings.environment)
      : await checkConnection(connection, tools);
    const doubt = shared.get(connection.name);
    if (doubt !== undefined) one.checks.push({ what: 'destination', ok: null, detail: doubt });
    checked.push(one);
    if (!context.json) printChecked(context, one);
  }
  return checked;
}

/** A connection that is switched off may have a host that is not there yet; by its name it is checked all the same. */
function notAsked(name: string, environment: string): CheckedConnection {
  return { name, environment, enabled: false, ok: true, checks: [], errors: [] };
}

function printChecked(context: CliContext, { name, environment, enabled, checks }: CheckedConnection): void {
  const state = enabled ? environment : `${environment}, not enabled`;
  const asked = checks.length === 0 ? ': its hosts were not asked' : '';
  printLine(context, `${paint('bold', name, context.stdout)} (${state})${asked}`);
  const width = Math.max(0, ...checks.map((one) => one.what.length));
  for (const { what, ok, detail } of checks) {
    printLine(context, `  ${verdictOf(ok, context)}  ${what.padEnd(width)}  ${detail}`);
  }
}

function verdictOf(ok: Check['ok'], { stdout }: CliContext): string {
  if (ok === null) return paint('yellow', '?    ', stdout);
  return ok ? paint('green', 'ok   ', stdout) : paint('red', 'error', stdout);
}

/** What is wrong with the service is wrong with no connection. */
function documentOf(checked: readonly CheckedConnection[], ofService: readonly AppError[]): object {
  const ofConnections = checked.flatMap(({ name, errors }) =>
    errors.map((error) => ({ connection: name, ...errorFacts(error) })),
  );
  const errors = [
    ...ofConnections,
    ...ofService.map((error) => ({ connection: null, ...errorFacts(error) })),
  ];
  return {
    ok: errors.length === 0,
    connections: checked.map(({ errors: _, ...rest }) => rest),
    errors,
  };
}
