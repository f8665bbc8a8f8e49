/**
 * Deliver: carries the drafted files out.
 *
 * in:       the drafts of a run, counted and hashed
 * out:      the same bytes at the other side, under their final names
 * promises: each name appears whole or not at all, unless the destination is set to be written in place; what is there is
 *           verified; whether a file arrived is asked of the destination, never assumed
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

/** What a destination tells about a file that lies there. */
export interface StoredFile {
  sizeBytes: number;
  modifiedMs: number;
}

/**
 * The contract of every destination; one object is one session.
 * `stage` and `publish` are apart so that several files become visible together, or none does.
 */
export interface Destination {
  /**
   * How a file becomes visible: `by_rename`, whole or not at all; or `in_place`, where the host knows no rename: then
   * `stage` writes nothing, and `publish` writes the file under its final name.
   */
  readonly publishes: 'by_rename' | 'in_place';
  /**
   * Writes the bytes under the temporary name `temporaryName(file, run)`, mode 0600, and verifies them at the other side:
   * the size, and on a local disk also the bytes. May be called twice: what an earlier try left is replaced.
   * Throws, and removes what it wrote, on any fault: `destination_missing`, `destination_denied`, `destination_full`,
   * `delivery_incomplete`, `delivery_failed`, `connection_lost`; `local_io` where the draft is not what was counted.
   */
  stage(file: OutboundFile, run: string): Promise<void>;
  /**
   * Makes a staged file visible under its final name, replacing an older one, verifies the size under that name, and
   * writes its marker where one is agreed; a file that an importer has taken at once is fine.
   * After `connection_lost` nobody knows whether it happened: `askDestination` finds out.
   */
  publish(file: OutboundFile, run: string): Promise<void>;
  /** Removes what was staged; not there is fine. */
  unstage(file: { name: string }, run: string): Promise<void>;
  /**
   * For a file that was found under its final name after a break: what may be left to do. Its marker is written, and a
   * temporary file that a broken rename left is removed. May be called twice.
   */
  finish(file: OutboundFile, run: string): Promise<void>;
  /** What has the file's final name, or undefined where certainly nothing has: the folder was reached and lacks it. */
  look(file: { name: string }): Promise<StoredFile | undefined>;
  /** The same for what has its temporary name. */
  lookStaged(file: { name: string }, run: string): Promise<StoredFile | undefined>;
  /**
   * Whether what has the final name is this very file: the size, then every byte, read back. Where this account may write
   * but not read, the size alone decides.
   */
  holds(file: OutboundFile): Promise<boolean>;
  /**
   * Makes the folder itself where it is not there, and where the one above it is: a disk that is not mounted must not get a
   * folder in its place. For result files alone; the folder of deliveries is never made. Throws `destination_missing`.
   */
  makeFolder(): Promise<void>;
  /**
   * Whether a share or another disk is mounted at the folder; left out where that cannot be known. One that was mounted when files
   * were staged, and is not any more, has nothing to say of them.
   */
  isOnMount?(): Promise<boolean>;
  /** What `check` shows: where it is. Never writes. */
  describe(): Promise<string>;
  /** What `check` shows of the host beside: which ways of the protocol it offers. Empty for a local folder. */
  abilities(): readonly string[];
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
