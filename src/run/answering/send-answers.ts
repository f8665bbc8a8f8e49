import { findRun } from '../../archive/list-runs.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { askDestination, lookBefore } from '../../deliver/ask-destination.ts';
import type { Destination, OutboundFile } from '../../deliver/destination.ts';
import { asAppError } from '../../errors/app-error.ts';
import type { RunTools } from '../run-tools.ts';
import { towardsDistrict } from './district-end.ts';
import {
  forgetWaiting,
  listWaiting,
  type WaitingAnswer,
  waitingPath,
  writeWaiting,
} from './waiting-answers.ts';

/**
 * Brings the district the result files of sealed runs, each whole and once. May be called at any time and any number of
 * times while the lock of the connection is held. One that cannot be brought fails nothing, because the students are where
 * they belong: it is said, and tried again.
 */
export async function sendAnswers(connection: LoadedConnection, tools: RunTools): Promise<void> {
  const { archivePath, logger } = tools;
  const sealed: WaitingAnswer[] = [];
  for (const answer of await listWaiting(archivePath, connection.name)) {
    const found = await findRun(archivePath, answer.run);
    if (found?.place === 'sealed') sealed.push(answer);
    else if (!found) await forgetWaiting(archivePath, connection.name, answer);
  }
  const { answer: settings } = connection.settings;
  if (sealed.length === 0) return;
  // Who no longer wants them is not sent old ones later.
  if (!settings) return forgetAll(connection, sealed, tools);
  try {
    const destination = await tools.openDestination(towardsDistrict(connection, settings.path));
    try {
      for (const answer of sealed) await sendOne(connection, answer, { destination, tools });
    } finally {
      await destination.close();
    }
  } catch (thrown) {
    const { code, message, hint } = asAppError(thrown);
    logger.warn(
      { connection: connection.name, code, message, hint, waiting: sealed.length },
      'the result file for the district could not be brought; the next run tries again',
    );
  }
}

interface Outside {
  destination: Destination;
  tools: RunTools;
}

/** What lay under its name is written down before it may be visible, so that after a break it is never written twice. */
async function sendOne(
  connection: LoadedConnection,
  answer: WaitingAnswer,
  { destination, tools }: Outside,
): Promise<void> {
  const { archivePath, logger } = tools;
  const { name, sizeBytes, sha256, run } = answer;
  const file: OutboundFile = {
    name,
    sizeBytes,
    sha256,
    path: waitingPath(archivePath, connection.name, answer),
  };
  const standing = answer.before && (await askDestination(file, { destination, run, before: answer.before }));
  if (standing === undefined || standing === 'lost' || standing === 'unknown') {
    await destination.makeFolder();
    const before = await lookBefore([file], destination);
    await destination.stage(file, run);
    await writeWaiting(archivePath, connection.name, { ...answer, before });
  }
  if (standing === 'published') await destination.finish(file, run);
  else if (standing !== 'taken') await destination.publish(file, run);
  await forgetWaiting(archivePath, connection.name, answer);
  logger.info({ connection: connection.name, run, file: name }, 'the district has its result file');
}

async function forgetAll(
  { name }: LoadedConnection,
  answers: readonly WaitingAnswer[],
  { archivePath }: RunTools,
): Promise<void> {
  for (const answer of answers) await forgetWaiting(archivePath, name, answer);
}
