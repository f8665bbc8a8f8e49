/**
 * SFTP: one session with one host.
 *
 * in:       where the host is, which key it must show, what to log in with
 * out:      listings, bytes and renames, over handles of the protocol
 * promises: every call ends: with an answer, with a refusal, or with connection_lost once the host has been silent too long
 * never:    sends a credential to a host that is not pinned; takes a refusal for "not there"
 */

import type { MayWrite } from './may-write.ts';

/** What the host says about one file. */
export interface SftpFacts {
  sizeBytes: number;
  /** Whole seconds, as the protocol has them. */
  modifiedMs: number;
  /** A regular file: no folder, no link, nothing special. */
  isFile: boolean;
  isFolder: boolean;
}

export interface SftpEntry extends SftpFacts {
  /** As the host sent it: nothing says that it is safe. */
  name: string;
}

/** What a host can do beside the bare protocol. */
export interface SftpOffers {
  /** Replaces a file by a rename in one step. */
  posixRename: boolean;
  /** Brings written bytes to the disk before it answers. */
  fsync: boolean;
  /** Tells how much space is left. */
  statvfs: boolean;
  hardlink: boolean;
  /** What it says of its own limits; left out where it does not. */
  limits?: { readBytes: number; writeBytes: number; openHandles?: number };
  /** What it calls itself, such as OpenSSH_9.9: for people, never to decide by. */
  software?: string;
}

/**
 * Opened by `openSftp`, used by one run or one look, closed, and never used again.
 * A host that says no: SftpRefusal, which the rooms turn into an error of theirs. A line that broke: `connection_lost`.
 */
export interface SftpSession {
  /** host:port, for messages. */
  readonly where: string;
  /** False once the line broke, for instance because the host minds idle sessions. */
  isAlive(): boolean;
  readonly offers: SftpOffers;
  /** The folder's entries in no order, without `.` and `..`; `source_unreadable` where there are too many to hold. */
  list(folder: string): Promise<SftpEntry[]>;
  /** What is there under this name, links not followed; undefined only where the host says that there is no such file. */
  stat(path: string): Promise<SftpFacts | undefined>;
  /** Whether this is a folder, links followed. */
  isFolder(path: string): Promise<boolean>;
  /** Opens a file for reading and closes it: throws the refusal where this account may not read it. */
  tryRead(path: string): Promise<void>;
  /** Whether this account may create, rename and remove files in the folder, as far as looking tells. Never writes. */
  mayWrite(folder: string): Promise<MayWrite>;
  /**
   * Hands the file to `sink`, in order. A block belongs to `sink` until its promise ends, and not longer.
   * `source_changed` where what was opened is no file of exactly `sizeBytes` bytes.
   */
  readTo(path: string, sizeBytes: number, sink: (block: Buffer) => Promise<void>): Promise<void>;
  /**
   * Writes a new file of mode 0600, syncs it where the host can, and answers how many bytes it took.
   * A file of this name is refused, unless `replaces` is set: then it is cut to nothing first.
   * `delivery_incomplete` where the host then has another size.
   */
  writeFrom(source: AsyncIterable<Buffer>, path: string, options?: { replaces?: boolean }): Promise<number>;
  /**
   * Gives a file another name and replaces what had it: in one step where the host offers posix-rename, or where its own
   * rename replaces. Otherwise the old file is removed first, so that for a moment the name is free.
   */
  rename(from: string, to: string): Promise<void>;
  /** True where it removed the file, false where there was none. */
  remove(path: string): Promise<boolean>;
  /** Mode 0700. A folder that is there is fine. */
  makeFolder(path: string): Promise<void>;
  /** Bytes that this account may still write, or undefined where the host does not tell. */
  freeBytes(path: string): Promise<number | undefined>;
  /** Says goodbye for a moment at most, then drops the line. Never throws; may be called twice. */
  close(): Promise<void>;
}
