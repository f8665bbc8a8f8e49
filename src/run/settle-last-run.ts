import type { LoadedConnection } from '../config/load-connection.ts';
import { sendAnswers } from './answering/send-answers.ts';
import { clearSource } from './clear-source.ts';
import type { RunTools } from './run-tools.ts';

/** What sealed runs have left to do at the district's end; whatever fails there is said, and tried again by the next run. */
export async function settleLastRun(connection: LoadedConnection, tools: RunTools): Promise<void> {
  await clearSource(connection, tools);
  await sendAnswers(connection, tools);
}
