import { nearestName } from '../config/nearest-name.ts';
import { AppError } from '../errors/app-error.ts';

const MOST_NAMES = 12;

/** What is said of a connection that nobody knows: the one that was meant, or those that there are. */
export function unknownConnection(
  name: string,
  known: readonly string[],
  sentence = `There is no connection ${name}`,
): AppError {
  return new AppError('unknown_connection', sentence, { hint: hintAmongConnections(name, known) });
}

function hintAmongConnections(name: string, known: readonly string[]): string {
  const near = nearestName(name, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  if (known.length === 0) return 'No connection is configured.';
  if (known.length <= MOST_NAMES) return `There is: ${known.join(', ')}`;
  const some = known.slice(0, MOST_NAMES).join(', ');
  return `There are ${known.length}, such as ${some}; rosterferry status lists them.`;
}
