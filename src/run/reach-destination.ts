import type { LoadedConnection } from '../config/load-connection.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Opens the destination, looks at its folder, and closes it again; asked before a drop is taken, so that one that could
 * not be delivered stays where it is. Writes nothing, and logs in once.
 * Throws what would make a delivery impossible now: host_unreachable, login_refused, host_key_changed,
 * protocol_mismatch, connection_lost, destination_missing, destination_denied, and what is wrong with a secret.
 */
export async function reachDestination(
  connection: LoadedConnection,
  tools: Pick<RunTools, 'openDestination'>,
): Promise<void> {
  const destination = await tools.openDestination(connection);
  try {
    await destination.describe();
    // What the modes of a host say may be wrong, and only a delivery shows; this machine knows for certain.
    if (connection.settings.destination.type === 'local') await destination.expectWritable();
  } finally {
    await destination.close();
  }
}
