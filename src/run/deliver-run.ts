import type { Destination, OutboundFile } from '../deliver/destination.ts';
import { temporaryName } from '../deliver/destination.ts';
import { advance, type OpenRun, outboundPath } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';

/**
 * Released to delivered. All files are staged before the first becomes visible, and that they are staged is
 * written down first: after a crash the destination can then be asked what is left to do.
 */
export async function deliverRun(run: OpenRun, tools: RunTools): Promise<void> {
  const files = outboundFiles(run);
  if (files.length === 0) return advance(run, 'delivered');
  const destination = await tools.openDestination(run.connection);
  try {
    if (run.record.state === 'released') await stageAll(run, files, destination);
    await publishAll(run, files, { destination, tools });
  } finally {
    await destination.close();
  }
}

function outboundFiles(run: OpenRun): OutboundFile[] {
  return run.record.outputs.map((output) => ({
    name: output.file,
    path: outboundPath(run, output),
    ...output.digest,
  }));
}

async function stageAll(
  run: OpenRun,
  files: readonly OutboundFile[],
  destination: Destination,
): Promise<void> {
  const { id } = run.record.facts;
  try {
    for (const file of files) await destination.stage(file, id);
  } catch (error) {
    // The first error says why; that a temporary file could not be removed as well would only hide it.
    await Promise.allSettled(files.map((file) => destination.unstage(file, id)));
    throw error;
  }
  await advance(run, 'staged');
}

async function publishAll(
  run: OpenRun,
  files: readonly OutboundFile[],
  outside: { destination: Destination; tools: RunTools },
): Promise<void> {
  const { id } = run.record.facts;
  const deliveredAt: string[] = [];
  for (const file of files) {
    // Only publishing takes the temporary name away: where it is gone, the file was published before a crash.
    const isStaged = (await outside.destination.sizeOf(temporaryName(file, id))) !== undefined;
    if (isStaged) await outside.destination.publish(file, id);
    deliveredAt.push(now(outside.tools));
  }
  const outputs = run.record.outputs.map((output, index) => ({
    ...output,
    deliveredAt: deliveredAt[index] ?? '',
  }));
  await advance(run, 'delivered', { outputs });
}
