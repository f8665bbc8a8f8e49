import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import type { CliContext } from './act.ts';
import { printWarning } from './print.ts';

/** The configuration; for commands that carry something, with a warning of what this version does not act on. */
export async function loadForCommand(
  context: CliContext,
  options: { warns?: boolean } = {},
): Promise<LoadedConfig> {
  const config = await loadConfig(context.pathOf(context.configPath), context.configPath);
  if (options.warns && config.notActedOn.length > 0) {
    const keys = config.notActedOn.join(', ');
    printWarning(context, 'not_acted_on', `Checked, but not acted on by this version: ${keys}`);
  }
  return config;
}

/** The connection of this name, or unknown_connection with the names that there are. */
export function connectionOf(config: LoadedConfig, name: string): LoadedConnection {
  const connection = config.connections.get(name);
  if (connection) return connection;
  const names = [...config.connections.keys()].join(', ');
  throw new AppError('unknown_connection', `There is no connection ${name}`, { hint: `There is: ${names}` });
}
