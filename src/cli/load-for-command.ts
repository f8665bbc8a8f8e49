import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { AppError } from '../errors/app-error.ts';
import type { CliContext } from './act.ts';

/** The configuration that the command was given. */
export function loadForCommand(context: CliContext): Promise<LoadedConfig> {
  return loadConfig(context.pathOf(context.configPath), context.configPath);
}

/** The connection of this name, or unknown_connection with the names that there are. */
export function connectionOf(config: LoadedConfig, name: string): LoadedConnection {
  const connection = config.connections.get(name);
  if (connection) return connection;
  const names = [...config.connections.keys()].join(', ');
  throw new AppError('unknown_connection', `There is no connection ${name}`, { hint: `There is: ${names}` });
}
