import { resolveRecipients } from '../config/resolve-recipients.ts';
import { encryptFile } from '../encryption/encrypt-file.ts';
import { encryptedName } from '../encryption/encrypted-name.ts';
import { note, type OpenRun, outboundPath, type ShippedFile } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Right before a released run is delivered: what leaves the house is locked for the other side, and the drafts stay beside
 * it. Safe to repeat: each time makes other bytes, and only those that are noted here are delivered.
 */
export async function encryptShipment(run: OpenRun, { env, signal }: RunTools): Promise<void> {
  const recipients = await resolveRecipients(run.connection, env);
  if (!recipients) return;
  const shipment: ShippedFile[] = [];
  for (const shipped of run.record.shipment) {
    const { file, plain = file, deliveredAt } = shipped;
    const locked = encryptedName(plain, recipients.scheme);
    // What a person knows to have arrived is not sent again.
    if (deliveredAt !== '') shipment.push(shipped);
    else {
      const from = outboundPath(run, { file: plain });
      const digest = await encryptFile(from, outboundPath(run, { file: locked }), recipients, signal);
      shipment.push({ ...shipped, file: locked, plain, digest });
    }
  }
  await note(run, { shipment });
}
