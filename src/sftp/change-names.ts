import { isRefusal, STATUS } from './sftp-errors.ts';
import { isFolderMode, statPath, type Wire } from './wire.ts';

/** See SftpSession.rename. */
export async function renameOver(wire: Wire, from: string, to: string): Promise<void> {
  if (wire.offers.posixRename)
    return await wire.line.tell((done) => wire.sftp.ext_openssh_rename(from, to, done));
  const rename = () => wire.line.tell((done) => wire.sftp.rename(from, to, done));
  try {
    await rename();
  } catch (fault) {
    // All refusals look alike here; only a target that stands in the way is a reason to remove something.
    if (!isRefusal(fault, STATUS.failure, STATUS.alreadyExists)) throw fault;
    const target = await statPath(wire, to);
    if (!target?.isFile) throw fault;
    await removeFile(wire, to);
    await rename();
  }
}

export async function removeFile(wire: Wire, path: string): Promise<boolean> {
  try {
    await wire.line.tell((done) => wire.sftp.unlink(path, done));
    return true;
  } catch (fault) {
    if (isRefusal(fault, STATUS.noSuchFile)) return false;
    throw fault;
  }
}

export async function makeRemoteFolder(wire: Wire, path: string): Promise<void> {
  try {
    await wire.line.tell((done) => wire.sftp.mkdir(path, { mode: 0o700 }, done));
  } catch (fault) {
    if (!isRefusal(fault) || !(await isRemoteFolder(wire, path))) throw fault;
  }
}

export async function isRemoteFolder(wire: Wire, path: string): Promise<boolean> {
  try {
    return isFolderMode(await wire.line.ask((done) => wire.sftp.stat(path, done)));
  } catch (fault) {
    if (isRefusal(fault, STATUS.noSuchFile)) return false;
    throw fault;
  }
}

export async function freeBytesAt(wire: Wire, path: string): Promise<number | undefined> {
  if (!wire.offers.statvfs) return undefined;
  const space: unknown = await wire.line.ask((done) => wire.sftp.ext_openssh_statvfs(path, done));
  if (typeof space !== 'object' || space === null) return undefined;
  const number = (name: string) => Number(Reflect.get(space, name) ?? 0);
  // A file system without a single free inode is full as well.
  if (number('f_files') > 0 && number('f_favail') === 0) return 0;
  return number('f_bavail') * number('f_frsize');
}
