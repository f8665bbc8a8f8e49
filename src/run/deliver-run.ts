import { type Delivered, publishFiles } from '../deliver/deliver-files.ts';
import type { Destination, OutboundFile } from '../deliver/destination.ts';
import { isoInZone } from '../time/run-day.ts';
import { clearDestination } from './clear-destination.ts';
import { encryptShipment } from './encrypt-shipment.ts';
import { advance, note, type OpenRun, outboundPath, type ShippedFile } from './open-run.ts';
import { recallDelivery } from './recall-delivery.ts';
import type { RunTools } from './run-tools.ts';
import { stageRun } from './stage-run.ts';

/**
 * Released to delivered. All files are staged before the first becomes visible, and that they are staged, and what lay under
 * their names, is written down first: after a break the destination is asked how far each has come.
 * A run of which that cannot be known is held.
 */
export async function deliverRun(run: OpenRun, tools: RunTools): Promise<void> {
  if (run.record.state === 'released') await encryptShipment(run, tools);
  const files = outboundFiles(run);
  if (files.length === 0) return advance(run, 'delivered');
  const destination = await tools.openDestination(run.connection);
  try {
    await clearDestination(run, destination, tools);
    const ready = await (run.record.state === 'released'
      ? stageRun(run, files, destination)
      : recallDelivery(run, files, { destination, tools }));
    if (ready) await publishRun(run, ready, { destination, tools });
  } finally {
    await destination.close();
  }
}

/** Those that are not known to have arrived. */
function outboundFiles(run: OpenRun): OutboundFile[] {
  return run.record.shipment
    .filter(({ deliveredAt }) => deliveredAt === '')
    .map((shipped) => ({ name: shipped.file, path: outboundPath(run, shipped), ...shipped.digest }));
}

async function publishRun(
  run: OpenRun,
  files: readonly OutboundFile[],
  { destination, tools }: { destination: Destination; tools: RunTools },
): Promise<void> {
  const { clock, zone } = tools;
  const withTimes = (delivered: readonly Delivered[]): ShippedFile[] =>
    run.record.shipment.map((shipped) => {
      const one = delivered.find(({ name }) => name === shipped.file);
      return one ? { ...shipped, deliveredAt: isoInZone(one.deliveredAtMs, zone) } : shipped;
    });
  // A temporary name that is gone tells as much; where there is none, what was begun has to be written down.
  const beforeEach = (file: OutboundFile, delivered: readonly Delivered[]) =>
    note(run, { begun: file.name, shipment: withTimes(delivered) });
  const isInPlace = destination.publishes === 'in_place';
  const delivered = await publishFiles(files, destination, run.record.facts.id, {
    clock,
    ...(isInPlace ? { beforeEach } : {}),
  });
  await advance(run, 'delivered', { shipment: withTimes(delivered) });
}
