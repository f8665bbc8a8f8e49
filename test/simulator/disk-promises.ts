import fs from 'node:fs';

const SYNC_TWINS = ['access', 'chmod', 'lstat', 'mkdtemp', 'readFile', 'readdir', 'stat', 'utimes'] as const;

/** node:fs/promises over the calls of node:fs that answer at once, so that everything happens in one order. */
export function promisesOf() {
  const soon =
    (name: string) =>
    async (...args: unknown[]): Promise<unknown> =>
      Reflect.apply(Reflect.get(fs, `${name}Sync`), fs, args);
  const changing = ['appendFile', 'copyFile', 'mkdir', 'rename', 'rm', 'truncate', 'unlink', 'writeFile'];
  return {
    ...Object.fromEntries([...SYNC_TWINS, ...changing].map((name) => [name, soon(name)])),
    open: async (path: string, flags: string | number = 'r', mode?: number) => new Handle(path, flags, mode),
  };
}

/** What the platform calls a FileHandle, as far as the corridor uses it. */
class Handle {
  readonly fd: number;
  #isOpen = true;

  constructor(path: string, flags: string | number, mode?: number) {
    this.fd = fs.openSync(path, flags, mode);
  }
  async write(bytes: Buffer, at = 0, length = bytes.length - at, position: number | null = null) {
    return { bytesWritten: fs.writeSync(this.fd, bytes, at, length, position), buffer: bytes };
  }
  async writeFile(content: string | Uint8Array): Promise<void> {
    const bytes = Buffer.from(content);
    // In two halves, so that there is a step between them.
    const half = bytes.length >> 1;
    fs.writeSync(this.fd, bytes, 0, half, null);
    fs.writeSync(this.fd, bytes, half, bytes.length - half, null);
  }
  async read(bytes: Buffer, at: number, length: number, position: number | null) {
    return { bytesRead: fs.readSync(this.fd, bytes, at, length, position), buffer: bytes };
  }
  stat = async () => fs.fstatSync(this.fd);
  truncate = async (length: number) => fs.ftruncateSync(this.fd, length);
  sync = async () => fs.fsyncSync(this.fd);
  chmod = async (mode: number) => fs.fchmodSync(this.fd, mode);
  async close(): Promise<void> {
    if (this.#isOpen) fs.closeSync(this.fd);
    this.#isOpen = false;
  }
  [Symbol.asyncDispose] = () => this.close();
}
