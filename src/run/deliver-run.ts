import { publishFiles, stageFiles } from '../deliver/deliver-files.ts';
import { type Destination, type OutboundFile, temporaryName } from '../deliver/destination.ts';
import { isoInZone } from '../time/run-day.ts';
import { advance, type OpenRun, outboundPath } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Released to delivered. All files are staged before the first becomes visible, and that they are staged is
 * written down first: after a crash the destination can then be asked what is left to do.
 */
export async function deliverRun(run: OpenRun, tools: RunTools): Promise<void> {
  const files = outboundFiles(run);
  if (files.length === 0) return advance(run, 'delivered');
  const destination = await tools.openDestination(run.connection);
  try {
    if (run.record.state === 'released') {
      await stageFiles(files, destination, run.record.facts.id);
      await advance(run, 'staged');
    }
    await publishStaged(run, files, { destination, tools });
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

/** Only publishing takes a temporary name away: where one is gone, the file was published before a crash. */
async function publishStaged(
  run: OpenRun,
  files: readonly OutboundFile[],
  outside: { destination: Destination; tools: RunTools },
): Promise<void> {
  const { destination, tools } = outside;
  const { id } = run.record.facts;
  const staged: OutboundFile[] = [];
  for (const file of files) {
    if ((await destination.sizeOf(temporaryName(file, id))) !== undefined) staged.push(file);
  }
  const delivered = await publishFiles(staged, destination, id, tools.clock);
  const outputs = run.record.outputs.map((output) => {
    const atMs = delivered.find(({ name }) => name === output.file)?.deliveredAtMs ?? tools.clock.now();
    return { ...output, deliveredAt: isoInZone(atMs, tools.zone) };
  });
  await advance(run, 'delivered', { outputs });
}
