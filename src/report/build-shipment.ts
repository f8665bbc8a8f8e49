import type { Report } from './schema.ts';

/** A file as it leaves the house. */
export interface ShippedFacts {
  file: string;
  digest: { sizeBytes: number; sha256: string };
  /** The outbound files that are in it: itself alone, where it leaves as it was drafted. */
  holds: readonly string[];
  /** ISO 8601 with offset; blank while it is not at the other side. */
  deliveredAt: string;
}

/** The part of the report about what left the house as another file than it was drafted; mostly nothing. */
export function buildShipment(shipment: readonly ShippedFacts[] = []): Pick<Report, 'shipment'> {
  const others = shipment.filter(({ file, holds }) => holds.length !== 1 || holds[0] !== file);
  if (others.length === 0) return {};
  return {
    shipment: others.map(({ file, digest, holds, deliveredAt }) => ({
      file,
      bytes: digest.sizeBytes,
      sha256: digest.sha256,
      holds: [...holds],
      delivered_at: deliveredAt,
    })),
  };
}
