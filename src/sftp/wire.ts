import type { SFTPWrapper } from 'ssh2';
import type { Lifeline } from './lifeline.ts';
import type { SftpFacts, SftpOffers } from './session.ts';
import { isRefusal, STATUS } from './sftp-errors.ts';

/** An open channel, as the steps of a session need it. */
export interface Wire {
  sftp: SFTPWrapper;
  line: Lifeline;
  offers: SftpOffers;
  /** The longest read or write to ask for; shrinks when the host turns out to answer less. */
  pieceBytes: number;
}

/** What OpenSSH moves in one packet. */
export const LONG_PIECE_BYTES = 255 * 1024;
/** What every server must take. */
export const SMALL_PIECE_BYTES = 31 * 1024;
/** Enough on its way to fill a long line: 16 long pieces, or 64 small ones. */
const MOST_PIECES = 64;
const MOST_BYTES = 16 * LONG_PIECE_BYTES;

/** Whether one more request may be sent before others are answered. */
export function hasRoom(wire: Wire, onTheirWay: number): boolean {
  return onTheirWay < MOST_PIECES && (onTheirWay + 1) * wire.pieceBytes <= MOST_BYTES;
}

const FILE_KIND = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/** The library keeps what the host offered for itself; where it does not say, we expect the bare protocol. */
export function openWire(sftp: SFTPWrapper, line: Lifeline): Wire {
  const extensions: unknown = Reflect.get(sftp, '_extensions');
  const offers = (name: string, version: string) =>
    typeof extensions === 'object' && extensions !== null && Reflect.get(extensions, name) === version;
  const limits = ['_maxReadLen', '_maxWriteLen'].map((name) => Number(Reflect.get(sftp, name) ?? 0));
  return {
    sftp,
    line,
    offers: {
      posixRename: offers('posix-rename@openssh.com', '1'),
      fsync: offers('fsync@openssh.com', '1'),
      statvfs: offers('statvfs@openssh.com', '2'),
      hardlink: offers('hardlink@openssh.com', '1'),
      ...(offers('limits@openssh.com', '1') ? { limits: limitsOf(sftp) } : {}),
    },
    pieceBytes: Math.min(...limits) >= LONG_PIECE_BYTES ? LONG_PIECE_BYTES : SMALL_PIECE_BYTES,
  };
}

function limitsOf(sftp: SFTPWrapper): NonNullable<SftpOffers['limits']> {
  const told = (name: string) => Number(Reflect.get(sftp, name));
  const openHandles = told('maxOpenHandles');
  return {
    readBytes: told('_maxReadLen'),
    writeBytes: told('_maxWriteLen'),
    ...(Number.isSafeInteger(openHandles) ? { openHandles } : {}),
  };
}

/** Some servers send fewer attributes than they should: every one of them may be missing. */
interface LooseAttributes {
  mode?: number;
  size?: number;
  mtime?: number;
}

/** Facts of a file, or undefined where the host does not even say how long it is. */
export function readFacts(attributes: LooseAttributes): SftpFacts | undefined {
  const { mode, size, mtime } = attributes;
  if (size === undefined) return undefined;
  const isFile = !mode || (mode & FILE_KIND) === 0 || (mode & FILE_KIND) === REGULAR;
  return { sizeBytes: size, modifiedMs: (mtime ?? 0) * 1000, isFile, isFolder: isFolderMode(attributes) };
}

export function isFolderMode(attributes: LooseAttributes): boolean {
  return ((attributes.mode ?? 0) & FILE_KIND) === FOLDER;
}

/** Links not followed. Undefined only where the host says "no such file"; any other refusal is thrown. */
export async function statPath(wire: Wire, path: string): Promise<SftpFacts | undefined> {
  try {
    const attributes = await wire.line.ask<LooseAttributes>((done) => wire.sftp.lstat(path, done));
    return readFacts(attributes) ?? { sizeBytes: -1, modifiedMs: 0, isFile: false, isFolder: false };
  } catch (fault) {
    if (isRefusal(fault, STATUS.noSuchFile)) return undefined;
    throw fault;
  }
}

/** Closes the handle whatever happens; where `use` failed, its fault is the one that counts. */
export async function withHandle<T>(
  wire: Wire,
  handle: Buffer,
  use: (handle: Buffer) => Promise<T>,
): Promise<T> {
  const close = () => wire.line.tell((done) => wire.sftp.close(handle, done));
  let result: T;
  try {
    result = await use(handle);
  } catch (fault) {
    await close().catch(() => undefined);
    throw fault;
  }
  await close();
  return result;
}
