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
   * Writes the bytes under the temporary name `temporaryName(file, run)` and verifies the size at the other side.
   * May be called twice: what an earlier try left is overwritten. Throws, and removes what it wrote, on any fault.
   */
  stage(file: OutboundFile, run: string): Promise<void>;
  /** Gives a staged file its final name in one step, replacing an older one. */
  publish(file: OutboundFile, run: string): Promise<void>;
  /** Removes what was staged; not there is fine. */
  unstage(file: OutboundFile, run: string): Promise<void>;
  /** Size in bytes of the file under its final or its temporary name, or undefined where it certainly is not there. */
  sizeOf(name: string): Promise<number | undefined>;
  /** What `check` shows. Never writes. */
  describe(): Promise<string>;
  close(): Promise<void>;
}

/** Hidden, and matched by no importer that looks for the file's own ending. */
export function temporaryName(file: { name: string }, run: string): string {
  return `.${file.name}.${run}.part`;
}
