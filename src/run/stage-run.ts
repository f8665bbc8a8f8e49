import { lookBefore } from '../deliver/ask-destination.ts';
import { stageFiles } from '../deliver/deliver-files.ts';
import type { Destination, OutboundFile } from '../deliver/destination.ts';
import { advance, type OpenRun } from './open-run.ts';

/**
 * Released to staged: writes down what lies under the final names, and that every file is staged. Answers the files.
 * Until that is written down, temporary files may be missing or half-written; from then on only publishing takes one away.
 */
export async function stageRun(
  run: OpenRun,
  files: readonly OutboundFile[],
  destination: Destination,
): Promise<readonly OutboundFile[]> {
  const before = await lookBefore(files, destination);
  const isOnMount = (await destination.isOnMount?.()) ?? false;
  await stageFiles(files, destination, run.record.facts.id);
  await advance(run, 'staged', { before, isOnMount });
  return files;
}
