import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileEntry, SFTPWrapper } from 'ssh2';

/** Bad manners of a server. Numbers of bytes count from when the dial is set, over all requests of a channel. */
export interface Quirks {
  /** Status 4 for everything. */
  refuseAll?: boolean;
  /** Status 4 for one kind of request. */
  refuse?: readonly ('RENAME' | 'FSTAT' | 'OPENDIR' | 'REMOVE' | 'MKDIR')[];
  /** Never answers a read with more than this. */
  shortReadBytes?: number;
  /** Reads and writes that are longer are refused. */
  longestPieceBytes?: number;
  /** Every file is told so much longer (or shorter) than it is. */
  sizeLieBytes?: number;
  /** After so many bytes of files it answers nothing more, though the connection lives. */
  silentAfterBytes?: number;
  /** Writes beyond are refused, as on a full disk. */
  fullAfterBytes?: number;
  /** Writes beyond are acknowledged and thrown away. */
  dropAfterBytes?: number;
  /** Entries are listed without a mode; the long name alone tells. */
  noModes?: boolean;
  longName?: (name: string, kind: string) => string;
  /** Names that a listing has beside the real ones. */
  extraNames?: readonly string[];
  /** A plain rename replaces the target, where it otherwise refuses. */
  renameReplaces?: boolean;
  /** Opening the one opens the other, as where a link took its place after the look. */
  opensInstead?: Readonly<Record<string, string>>;
  /** A file is gone as soon as it is closed under a name that ends so: an importer that takes files at once. */
  takesOnClose?: string;
}

const OK = 0;
const END = 1;
const FAILURE = 4;

/** What one channel has open. */
interface Desk {
  sftp: SFTPWrapper;
  quirks: Quirks;
  files: Map<number, number>;
  folders: Map<number, FileEntry[]>;
  /** Of the open files. */
  names: Map<number, string>;
  lastHandle: number;
  movedBytes: number;
}

/** Answers one request, or throws what node:fs throws. */
type Step = (id: number, ...args: never[]) => void;

export function serveFiles(sftp: SFTPWrapper, quirks: Quirks): void {
  const desk: Desk = {
    sftp,
    quirks,
    files: new Map(),
    folders: new Map(),
    names: new Map(),
    lastHandle: 0,
    movedBytes: 0,
  };
  // A line that breaks leaves what was open on it to the server.
  sftp.once('close', () => {
    for (const file of desk.files.values()) closeSync(file);
    desk.files.clear();
  });
  const steps: Record<string, Step> = { ...byteSteps(desk), ...factSteps(desk), ...nameSteps(desk) };
  for (const [name, step] of Object.entries(steps))
    sftp.on(name, (id: number, ...args: never[]) => {
      if (desk.movedBytes >= (quirks.silentAfterBytes ?? Infinity)) return;
      const isRefused = quirks.refuseAll || quirks.refuse?.some((kind) => kind === name);
      try {
        if (isRefused) sftp.status(id, FAILURE);
        else step(id, ...args);
      } catch (fault) {
        sftp.status(id, statusOf(fault));
      }
    });
}

function newHandle(desk: Desk): Buffer {
  const handle = Buffer.alloc(4);
  desk.lastHandle += 1;
  handle.writeUInt32BE(desk.lastHandle);
  return handle;
}

function byteSteps(desk: Desk): Record<string, Step> {
  const { sftp, quirks, files } = desk;
  const fileOf = (handle: Buffer) => files.get(handle.readUInt32BE()) ?? -1;
  const isTooLong = (bytes: number) => bytes > (quirks.longestPieceBytes ?? Infinity);
  return {
    OPEN: (id, path: string, flags: number) => {
      const handle = newHandle(desk);
      const opened = quirks.opensInstead?.[path] ?? path;
      files.set(desk.lastHandle, openSync(opened, nodeFlags(flags), 0o600));
      desk.names.set(desk.lastHandle, path);
      sftp.handle(id, handle);
    },
    READ: (id, handle: Buffer, offset: number, bytes: number) => {
      const piece = Buffer.alloc(Math.min(bytes, quirks.shortReadBytes ?? Infinity));
      const gotBytes = isTooLong(bytes) ? -1 : readSync(fileOf(handle), piece, 0, piece.length, offset);
      desk.movedBytes += Math.max(0, gotBytes);
      if (gotBytes > 0) sftp.data(id, piece.subarray(0, gotBytes));
      else sftp.status(id, gotBytes === 0 ? END : FAILURE);
    },
    WRITE: (id, handle: Buffer, offset: number, piece: Buffer) => {
      if (!isTooLong(piece.length)) desk.movedBytes += piece.length;
      const isFull = desk.movedBytes > (quirks.fullAfterBytes ?? Infinity);
      if (desk.movedBytes <= (quirks.dropAfterBytes ?? Infinity) && !isFull)
        writeSync(fileOf(handle), piece, 0, piece.length, offset);
      sftp.status(id, isFull || isTooLong(piece.length) ? FAILURE : OK);
    },
    FSTAT: (id, handle: Buffer) => sftp.attrs(id, attributesOf(fstatSync(fileOf(handle)), quirks)),
    CLOSE: (id, handle: Buffer) => {
      const file = files.get(handle.readUInt32BE());
      if (file !== undefined) closeSync(file);
      files.delete(handle.readUInt32BE());
      const name = desk.names.get(handle.readUInt32BE()) ?? '';
      if (quirks.takesOnClose !== undefined && name.endsWith(quirks.takesOnClose)) unlinkSync(name);
      sftp.status(id, OK);
    },
  };
}

function factSteps(desk: Desk): Record<string, Step> {
  const { sftp, quirks, folders } = desk;
  return {
    LSTAT: (id, path: string) => sftp.attrs(id, attributesOf(lstatSync(path), quirks)),
    STAT: (id, path: string) => sftp.attrs(id, attributesOf(statSync(path), {})),
    OPENDIR: (id, path: string) => {
      const handle = newHandle(desk);
      folders.set(desk.lastHandle, entriesOf(path, quirks));
      sftp.handle(id, handle);
    },
    READDIR: (id, handle: Buffer) => {
      const batch = folders.get(handle.readUInt32BE())?.splice(0, 3) ?? [];
      if (batch.length === 0) sftp.status(id, END);
      else sftp.name(id, batch);
    },
  };
}

function nameSteps({ sftp, quirks }: Desk): Record<string, Step> {
  const done = (id: number) => sftp.status(id, OK);
  return {
    REMOVE: (id, path: string) => {
      unlinkSync(path);
      done(id);
    },
    MKDIR: (id, path: string) => {
      mkdirSync(path);
      done(id);
    },
    RENAME: (id, from: string, to: string) => {
      const inTheWay = lstatSync(to, { throwIfNoEntry: false }) !== undefined;
      if (inTheWay && !quirks.renameReplaces) throw new Error('the target exists');
      renameSync(from, to);
      done(id);
    },
  };
}

function entriesOf(folder: string, quirks: Quirks): FileEntry[] {
  const real = readdirSync(folder).map((name) => {
    const stats = lstatSync(join(folder, name));
    const kind = stats.isDirectory() ? 'd' : stats.isSymbolicLink() ? 'l' : '-';
    const longname = quirks.longName?.(name, kind) ?? `${kind}rw------- 1 a a 0 Jan 1 00:00 ${name}`;
    return { filename: name, longname, attrs: attributesOf(stats, quirks) };
  });
  const attrs = { mode: 0o100600, uid: 0, gid: 0, size: 1, atime: 1, mtime: 1 };
  const made = ['.', '..', ...(quirks.extraNames ?? [])];
  return [...made.map((filename) => ({ filename, longname: filename, attrs })), ...real];
}

function attributesOf(stats: Stats, quirks: Quirks): FileEntry['attrs'] {
  const size = Math.max(0, stats.size + (stats.isFile() ? (quirks.sizeLieBytes ?? 0) : 0));
  const seconds = Math.floor(stats.mtimeMs / 1000);
  const attributes = {
    mode: stats.mode,
    uid: stats.uid,
    gid: stats.gid,
    size,
    atime: seconds,
    mtime: seconds,
  };
  if (!quirks.noModes) return attributes;
  const { mode: _mode, ...rest } = attributes;
  return rest as FileEntry['attrs'];
}

/** Read, write, create, truncate, exclusive: the bits of the protocol as those of this system. */
function nodeFlags(flags: number): number {
  const access = flags & 2 ? (flags & 1 ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY;
  const create = flags & 8 ? constants.O_CREAT : 0;
  return access | create | (flags & 16 ? constants.O_TRUNC : 0) | (flags & 32 ? constants.O_EXCL : 0);
}

function statusOf(fault: unknown): number {
  const code: unknown = fault instanceof Error ? Reflect.get(fault, 'code') : '';
  return code === 'ENOENT' ? 2 : code === 'EACCES' || code === 'EPERM' ? 3 : FAILURE;
}
