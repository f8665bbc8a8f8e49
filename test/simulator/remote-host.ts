/** An SFTP host in memory: files by their paths, sessions whose line breaks, and bad manners. */
import { posix } from 'node:path';
import { AppError } from '../../src/errors/app-error.ts';
import type { SftpEntry, SftpFacts, SftpOffers, SftpSession } from '../../src/sftp/session.ts';
import { SftpRefusal, STATUS } from '../../src/sftp/sftp-errors.ts';

export interface RemoteFile {
  bytes: Buffer;
  modifiedMs: number;
}

/** What comes between the two sides of a call. */
export type LineFault = 'unreachable' | 'cut before' | 'cut after' | 'refused' | 'full' | undefined;

export interface Line {
  /** Something else may happen first. */
  meanwhile(call: string): void;
  /** Chance says whether this call goes wrong. */
  fault(call: string): LineFault;
  /** The process may end before or after what the call does. */
  step<Answer>(name: string, work: () => Answer): Answer;
}

export interface HostManners {
  posixRename: boolean;
  /** A plain rename replaces what has the name, where it otherwise refuses. */
  renameReplaces: boolean;
}

export interface Host {
  files: Map<string, RemoteFile>;
  open(line: Line): SftpSession;
  /** From outside: somebody else puts a file there. */
  put(path: string, bytes: Buffer): void;
  /** Told of each change of what a name has. */
  onChange: (path: string) => void;
  onRemove: (path: string, file: RemoteFile) => void;
}

const FOLDERS = ['/', '/in', '/out', '/out/staging'];

export function openHost(manners: HostManners, now: () => number): Host {
  const files = new Map<string, RemoteFile>();
  const folders = new Set(FOLDERS);
  let lastMs = 0;
  /** Whole seconds as the protocol has them, and never the same twice: two files of one second cannot be told apart. */
  const nextMs = () => {
    lastMs = Math.max(Math.floor(now() / 1000) * 1000, lastMs + 1000);
    return lastMs;
  };
  const host: Host = {
    files,
    onChange: () => undefined,
    onRemove: () => undefined,
    put(path, bytes) {
      files.set(path, { bytes, modifiedMs: nextMs() });
      host.onChange(path);
    },
    open: (line) => openSession({ host, folders, manners, line }),
  };
  return host;
}

interface Opened {
  host: Host;
  folders: Set<string>;
  manners: HostManners;
  line: Line;
}

function openSession({ host, folders, manners, line }: Opened): SftpSession {
  const { files } = host;
  let isAlive = true;
  const lost = () => {
    isAlive = false;
    return new AppError('connection_lost', 'The connection to host:22 broke: the simulator cut it');
  };
  /** One request and its answer. */
  async function call<Answer>(name: string, work: () => Answer): Promise<Answer> {
    line.meanwhile(name);
    if (!isAlive) throw lost();
    const fault = line.fault(name);
    if (fault === 'cut before') throw lost();
    if (fault === 'refused') throw new SftpRefusal(STATUS.failure, 'Failure');
    if (fault === 'full') throw new SftpRefusal(STATUS.noSpace, 'no space left');
    const answer = line.step(`remote ${name}`, work);
    if (fault === 'cut after') throw lost();
    return answer;
  }
  const noSuchFile = () => new SftpRefusal(STATUS.noSuchFile, 'No such file');
  const move = (from: string, to: string) => {
    const file = files.get(from);
    if (!file) throw noSuchFile();
    files.delete(from);
    files.set(to, file);
    host.onRemove(from, file);
    host.onChange(to);
  };
  const remove = (path: string) =>
    call(`remove ${path}`, () => {
      const file = files.get(path);
      if (file) host.onRemove(path, file);
      return files.delete(path);
    });
  return {
    where: 'host:22',
    offers: offersOf(manners),
    isAlive: () => isAlive,
    list: (folder) => call(`list ${folder}`, () => listOf(files, folder)),
    stat: (path) => call(`stat ${path}`, () => factsOf(files.get(path))),
    isFolder: (path) => call(`stat folder ${path}`, () => folders.has(path)),
    tryRead: (path) =>
      call(`open ${path}`, () => {
        if (!files.has(path)) throw noSuchFile();
      }),
    mayWrite: async () => ({ verdict: 'unknown', why: 'it does not say' }),
    async readTo(path, sizeBytes, sink) {
      const file = await call(`open ${path}`, () => files.get(path));
      if (!file) throw noSuchFile();
      if (file.bytes.length !== sizeBytes) throw new AppError('source_changed', `${path} has another size`);
      // An open file stays as it was opened, whatever has its name by now; one that is written over does not.
      const half = sizeBytes >> 1;
      for (const piece of [file.bytes.subarray(0, half), file.bytes.subarray(half)])
        await sink(await call(`read ${path}`, () => Buffer.from(piece)));
    },
    writeFrom: (source, path, options) => writeOver({ host, call }, source, path, options),
    async rename(from, to) {
      const inTheWay = manners.posixRename || manners.renameReplaces ? undefined : files.get(to);
      if (inTheWay) {
        await call(`rename ${from} (in the way)`, () => undefined);
        await remove(to);
      }
      await call(`rename ${from} ${to}`, () => move(from, to));
    },
    remove,
    makeFolder: (path) => call(`mkdir ${path}`, () => void folders.add(path)),
    freeBytes: async () => undefined,
    async close() {
      isAlive = false;
    },
  };
}

interface Writing {
  host: Host;
  call<Answer>(name: string, work: () => Answer): Promise<Answer>;
}

async function writeOver(
  { host, call }: Writing,
  source: AsyncIterable<Buffer>,
  path: string,
  { replaces = false }: { replaces?: boolean } = {},
): Promise<number> {
  await call(`create ${path}`, () => {
    if (!replaces && host.files.has(path)) throw new SftpRefusal(STATUS.failure, 'Failure');
    host.put(path, Buffer.alloc(0));
  });
  let sizeBytes = 0;
  for await (const block of source) {
    const bytes = Buffer.from(block);
    const half = bytes.length >> 1;
    for (const piece of [bytes.subarray(0, half), bytes.subarray(half)]) {
      await call(`write ${path}`, () => {
        const before = host.files.get(path)?.bytes ?? Buffer.alloc(0);
        host.put(path, Buffer.concat([before, piece]));
      });
      sizeBytes += piece.length;
    }
  }
  await call(`close ${path}`, () => undefined);
  return sizeBytes;
}

function offersOf({ posixRename }: HostManners): SftpOffers {
  return { posixRename, fsync: posixRename, statvfs: false, hardlink: false };
}

function factsOf(file: RemoteFile | undefined): SftpFacts | undefined {
  return file && { sizeBytes: file.bytes.length, modifiedMs: file.modifiedMs, isFile: true, isFolder: false };
}

function listOf(files: ReadonlyMap<string, RemoteFile>, folder: string): SftpEntry[] {
  return [...files].flatMap(([path, file]) => {
    const facts = factsOf(file);
    return facts && posix.dirname(path) === folder ? [{ name: posix.basename(path), ...facts }] : [];
  });
}
