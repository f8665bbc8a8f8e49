import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function hasProgram(name: string): boolean {
  return spawnSync(name, ['--version']).status === 0;
}

/** The stock program with a key ring of its own. What it says on its error output is in the error that it throws. */
export interface Gpg {
  run(...args: string[]): Buffer;
  /** Ends the agent that it started, and removes the ring. */
  close(): void;
}

export function openGpg(): Gpg {
  // The socket of its agent lies in the ring, and its path may not be long.
  const home = mkdtempSync(join(tmpdir(), 'gpg-'));
  const env = { ...process.env, GNUPGHOME: home };
  return {
    run: (...args) =>
      outputOf(
        spawnSync(
          'gpg',
          ['--batch', '--yes', '--quiet', '--pinentry-mode', 'loopback', '--trust-model', 'always', ...args],
          { env },
        ),
      ),
    close() {
      spawnSync('gpgconf', ['--kill', 'all'], { env });
      rmSync(home, { recursive: true, force: true });
    },
  };
}

export function runAge(...args: string[]): Buffer {
  return outputOf(spawnSync('age', args, { maxBuffer: 1 << 28 }));
}

function outputOf({ status, stdout, stderr, error }: SpawnSyncReturns<Buffer>): Buffer {
  if (status !== 0) throw error ?? new Error(stderr.toString());
  return stdout;
}
