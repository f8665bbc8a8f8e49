import { type LoadedConfig, loadConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import type { CliContext } from './act.ts';
import { unknownConnection } from './unknown-connection.ts';

/** The configuration that the command was given. */
export function loadForCommand(context: CliContext): Promise<LoadedConfig> {
  return loadConfig(context.pathOf(context.configPath), context.configPath);
}

/** The connection of this name, or unknown_connection with the names that there are. */
export function connectionOf(config: LoadedConfig, name: string): LoadedConnection {
  const connection = config.connections.get(name);
  if (connection) return connection;
  throw unknownConnection(name, [...config.connections.keys()]);
}
