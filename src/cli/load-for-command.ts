import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import type { CliContext } from './act.ts';
import { printWarning } from './print.ts';

/** The configuration, with a warning for each key that this version reads and does not act on. */
export async function loadForCommand(context: CliContext): Promise<LoadedConfig> {
  const config = await loadConfig(context.configPath);
  for (const key of config.notActedOn)
    printWarning(context, 'not_acted_on', `${key} is checked, but this version does not act on it.`);
  return config;
}

/** The connection of this name, or unknown_connection with the names that there are. */
export function connectionOf(config: LoadedConfig, name: string): LoadedConnection {
  const connection = config.connections.get(name);
  if (connection) return connection;
  const names = [...config.connections.keys()].join(', ');
  throw new AppError('unknown_connection', `There is no connection ${name}`, { hint: `There is: ${names}` });
}
