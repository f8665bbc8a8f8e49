/**
 * The source: where drops come from.
 *
 * in:       a drop folder, local or on an SFTP host
 * out:      a whole, settled drop, fetched into the run's folder
 * promises: what it lists is there; what it fetches is what it listed, byte for byte
 * never:    takes a folder that cannot be read for an empty one; touches anything before `clear`
 */

/** A file as the folder lists it; the three facts by which a later change is seen. */
export interface ListedFile {
  /** One safe path segment. */
  name: string;
  sizeBytes: number;
  modifiedMs: number;
  /** A share or another disk was mounted at the folder. Where it is not any more, that the file is gone says nothing. */
  isOnMount?: true;
}

export interface FetchedFile {
  sizeBytes: number;
  /** Hex. */
  sha256: string;
}

/** Looks at a block while it is written. */
export type See = (block: Buffer) => void;

/** Something of the folder that is left out, or taken though it looks odd; for the log. */
export interface SourceNotice {
  kind: 'unsafe_name' | 'no_plain_file' | 'hard_link';
  /** As a log can bear it. */
  name: string;
  /** A sentence. */
  message: string;
}

/** Told of each notice whenever the folder is listed; who listens keeps it from being said again and again. */
export type TellNotice = (notice: SourceNotice) => void;

/**
 * The contract of every source. One object is one session: it is opened, used and closed by one run or one look.
 * Every method throws an AppError; none answers with "nothing there" where it could not look.
 */
export interface Source {
  /**
   * Regular files of the folder, in no order, markers among them; links, folders, unsafe names and temporary names are
   * left out. Throws `source_missing` and `source_unreadable`.
   */
  list(): Promise<ListedFile[]>;
  /**
   * Copies the file to `to` (a path that does not exist; mode 0600) and syncs it.
   * Throws `source_changed` where size or time differ from `file` before or after the copy; nothing is left at `to`.
   * @param see is shown every block, in order; it is gone afterwards
   */
  fetch(file: ListedFile, to: string, see?: See): Promise<FetchedFile>;
  /**
   * Does with the file what `after` says: removes it, moves it, or leaves it; and the same with its marker.
   * May be called twice: one that is gone is cleared. A file that is no longer the one that was listed is left where
   * it is, and `false` is answered. Throws `source_not_cleared` where the source refuses.
   */
  clear(file: ListedFile): Promise<boolean>;
  /** What `check` shows: the folder was reached and can be listed. Never writes. */
  describe(): Promise<string>;
  /** What `check` shows of the host beside: which ways of the protocol it offers. Empty for a local folder. */
  abilities(): readonly string[];
  /**
   * What `check` asks: opens the file for reading and closes it, without reading. Throws `source_unreadable`, and
   * `source_changed` where the file is not there any more.
   */
  expectReadable(file: ListedFile): Promise<void>;
  /**
   * What `check` asks: whether `clear` could do what `after` says, as far as looking tells. Throws `source_not_cleared`
   * where it could not; answers why where that cannot be told, and undefined where it could. Never writes.
   */
  expectClearable(): Promise<string | undefined>;
  close(): Promise<void>;
}
