/**
 * Deliver: carries the drafted files out.
 *
 * in:       the drafts of a run, counted and hashed
 * out:      the same bytes at the other side, under their final names
 * promises: each name appears whole or not at all; what is there is verified before it gets its name
 * never:    leaves a temporary file behind where it can still reach the folder
 */

export interface OutboundFile {
  /** The final name: one path segment. */
  name: string;
  /** The draft on this machine. */
  path: string;
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/**
 * The contract of every destination; one object is one session.
 * `stage` and `publish` are apart so that several files become visible together, or none does.
 */
export interface Destination {
  /**
   * Writes the bytes under the temporary name `temporaryName(file, run)`, mode 0600, and verifies them at the other side:
   * the size, and on a local disk also the bytes. May be called twice: what an earlier try left is replaced.
   * Throws, and removes what it wrote, on any fault: `destination_missing`, `destination_denied`, `destination_full`,
   * `delivery_incomplete`, `delivery_failed`, `connection_lost`; `local_io` where the draft is not what was counted.
   */
  stage(file: OutboundFile, run: string): Promise<void>;
  /**
   * Gives a staged file its final name in one step, replacing an older one, and verifies the size under that name;
   * one that an importer has taken at once is fine. After `connection_lost` nobody knows whether it happened: where
   * the temporary name is gone, it did.
   */
  publish(file: OutboundFile, run: string): Promise<void>;
  /** Removes what was staged; not there is fine. */
  unstage(file: OutboundFile, run: string): Promise<void>;
  /**
   * Size in bytes of the file under its final or its temporary name, or undefined where it certainly is not there:
   * the folder was reached and does not have the name.
   */
  sizeOf(name: string): Promise<number | undefined>;
  /** What `check` shows. Never writes. */
  describe(): Promise<string>;
  /**
   * What `check` asks: whether files could be staged here, as far as looking tells. Throws `destination_missing` and
   * `destination_denied`; answers why where that cannot be told, and undefined where they could. Never writes.
   */
  expectWritable(): Promise<string | undefined>;
  close(): Promise<void>;
}

/** Hidden, and matched by no importer that looks for the file's own ending. */
export function temporaryName(file: { name: string }, run: string): string {
  return `.${file.name}.${run}.part`;
}
