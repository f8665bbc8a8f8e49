import { nextBatch } from './list-folder.ts';
import type { FolderRights } from './may-write.ts';
import { isRefusal } from './sftp-errors.ts';
import { type Wire, withHandle } from './wire.ts';

/** Looks only. A part that the host refuses to tell is missing. */
export async function readFolderRights(wire: Wire, folder: string): Promise<FolderRights> {
  const { mode } = await wire.line.ask<{ mode?: number }>((done) => wire.sftp.stat(folder, done));
  return {
    mode: mode ? mode & 0o777 : undefined,
    owner: await ifTold(() => ownerOf(wire, folder)),
    isReadOnly: wire.offers.statvfs ? await ifTold(() => isReadOnly(wire, folder)) : undefined,
  };
}

async function ifTold<T>(ask: () => Promise<T | undefined>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (fault) {
    if (isRefusal(fault)) return undefined;
    throw fault;
  }
}

/** As `ls -l` writes it: kind and modes, links, owner. */
const LONG_NAME = /^d[rwxsStTlL-]{9}[.+@]?\s+\d+\s+(\S+)\s/;

/** Attributes have but the number of the owner; its name stands in what the folder lists about itself. */
async function ownerOf(wire: Wire, folder: string): Promise<string | undefined> {
  const handle = await wire.line.ask<Buffer>((done) => wire.sftp.opendir(folder, done));
  return withHandle(wire, handle, async () => {
    for (;;) {
      const batch = await nextBatch(wire, handle);
      const itself = batch?.find((entry) => entry.filename === '.');
      if (!batch || itself) return LONG_NAME.exec(itself?.longname ?? '')?.[1];
    }
  });
}

const READ_ONLY_FLAG = 1n;

async function isReadOnly(wire: Wire, folder: string): Promise<boolean | undefined> {
  const told: unknown = await wire.line.ask((done) => wire.sftp.ext_openssh_statvfs(folder, done));
  const flags: unknown = typeof told === 'object' && told !== null ? Reflect.get(told, 'f_flag') : undefined;
  if (typeof flags !== 'number' && typeof flags !== 'bigint') return undefined;
  return (BigInt(flags) & READ_ONLY_FLAG) !== 0n;
}
