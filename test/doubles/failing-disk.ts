/** A disk that answers some calls with EIO, for this thread, until it is mended. */
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

export type DiskCall = 'read' | 'write' | 'sync';

export interface FailingDisk {
  /** How many calls were answered with EIO. */
  failed(): number;
  mend(): void;
}

const METHODS: Record<string, DiskCall> = {
  read: 'read',
  readFile: 'read',
  write: 'write',
  writeFile: 'write',
  appendFile: 'write',
  sync: 'sync',
};

/**
 * @param path of the files, or of folders that are synced, that are broken for this call
 * @param spared so many calls go well before
 */
export function failDisk(call: DiskCall, path: RegExp, spared = 0): FailingDisk {
  const real = { ...fs };
  const realPromises = { ...fsp };
  const paths = new Map<number, string>();
  let left = spared;
  let failed = 0;

  function refuse(asked: DiskCall, on: string): void {
    if (asked !== call || !path.test(on) || left-- > 0) return;
    failed += 1;
    throw Object.assign(new Error(`EIO: i/o error, ${asked}`), { code: 'EIO', errno: -5, syscall: asked });
  }

  /** Calls that answer at once, by the number of an open file. */
  const onNumber =
    (asked: DiskCall, work: (...args: never[]) => unknown) =>
    (...args: unknown[]) => {
      refuse(asked, paths.get(Number(args[0])) ?? '');
      return Reflect.apply(work, fs, args);
    };

  Object.assign(fs, {
    openSync: (...args: Parameters<typeof fs.openSync>) => {
      const file = real.openSync(...args);
      paths.set(file, String(args[0]));
      return file;
    },
    closeSync: (file: number) => {
      paths.delete(file);
      real.closeSync(file);
    },
    readSync: onNumber('read', real.readSync),
    writeSync: onNumber('write', real.writeSync),
    fsync(file: number, done: fs.NoParamCallback) {
      try {
        refuse('sync', paths.get(file) ?? '');
      } catch (fault) {
        return process.nextTick(done, fault);
      }
      real.fsync(file, done);
    },
  });
  Object.assign(fsp, {
    readFile: async (...args: Parameters<typeof fsp.readFile>) => {
      refuse('read', String(args[0]));
      return realPromises.readFile(...args);
    },
    copyFile: async (...args: Parameters<typeof fsp.copyFile>) => {
      refuse('read', String(args[0]));
      refuse('write', String(args[1]));
      return realPromises.copyFile(...args);
    },
    open: async (...args: Parameters<typeof fsp.open>) => {
      const handle = await realPromises.open(...args);
      for (const [name, asked] of Object.entries(METHODS)) {
        const method: (...given: unknown[]) => unknown = Reflect.get(handle, name);
        Reflect.set(handle, name, async (...given: unknown[]) => {
          refuse(asked, String(args[0]));
          return Reflect.apply(method, handle, given);
        });
      }
      return handle;
    },
  });
  syncBuiltinESMExports();
  return {
    failed: () => failed,
    mend() {
      const { openSync, closeSync, readSync, writeSync, fsync } = real;
      Object.assign(fs, { openSync, closeSync, readSync, writeSync, fsync });
      const { open, readFile, copyFile } = realPromises;
      Object.assign(fsp, { open, readFile, copyFile });
      syncBuiltinESMExports();
    },
  };
}
