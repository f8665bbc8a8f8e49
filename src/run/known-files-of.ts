import type { KnownFiles } from '../archive/known-files.ts';
import type { FileDigest } from '../files/hash-file.ts';
import type { RunRecord } from './open-run.ts';

/** What of the run's folder was hashed when it was received or drafted; of a run that delivered nothing no draft. */
export function knownFilesOf(
  record: Pick<RunRecord, 'claimed' | 'received' | 'outputs' | 'shipment'>,
): KnownFiles {
  const known = new Map<string, FileDigest>();
  const note = (folder: string, file: string, { sizeBytes, sha256 }: FileDigest) =>
    known.set(`${folder}/${file}`, { sizeBytes, sha256 });
  for (const { file, ...digest } of record.received ?? []) note('inbound', file, digest);
  // What was encrypted lies there as it came; its plain file goes before the run is sealed.
  for (const { received, ...claimed } of record.claimed) {
    const { file, ...digest } = received ?? claimed;
    note('inbound', file, digest);
  }
  for (const { file, digest } of [...record.outputs, ...record.shipment]) note('outbound', file, digest);
  return known;
}
