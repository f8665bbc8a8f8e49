import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface TinyDisk {
  folder: string;
  makeReadOnly(): void;
  /** Other options of tmpfs from now on. */
  allow(options: string): void;
  unmount(): void;
}

/**
 * A disk of 1 MiB, or undefined where we may not mount one.
 * @param options of tmpfs, such as another size or how many files there may be
 */
export function mountTinyDisk(options = 'size=1m'): TinyDisk | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const folder = mkdtempSync(join(tmpdir(), 'rosterferry-tiny-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder], { stdio: 'ignore' });
  } catch {
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const unmount = () => {
    execFileSync('umount', ['-l', folder]);
    rmSync(folder, { recursive: true });
  };
  const makeReadOnly = () => {
    execFileSync('mount', ['-o', 'remount,ro', folder]);
  };
  const allow = (more: string) => {
    execFileSync('mount', ['-o', `remount,${more}`, folder]);
  };
  return { folder, makeReadOnly, allow, unmount };
}
