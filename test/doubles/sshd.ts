/** A real OpenSSH server for tests: own folder, own keys, a free port of the loopback, key login as ourselves. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { fingerprintOf } from '../../src/sftp/host-key.ts';
import { openSftp } from '../../src/sftp/open-session.ts';
import type { SftpAccess } from '../../src/sftp/schema.ts';
import { reasonOf } from '../../src/sftp/sftp-errors.ts';
import { makeKeyPair } from './key-pair.ts';

const SSHD = ['/usr/sbin/sshd', '/usr/local/sbin/sshd', '/sbin/sshd', '/opt/homebrew/sbin/sshd'];

export interface Sshd {
  access: SftpAccess;
  /** A folder that both sides see under the same path. */
  folder: string;
  /** Fingerprints of the host keys by kind. */
  hostKeys: { ed25519: string; ecdsa: string };
  stop(): Promise<void>;
}

/** The program, or undefined where this machine has none that lets us in. */
export function findSshd(): string | undefined {
  return usable;
}

export async function startSshd(program: string, timeoutMs = 2000): Promise<Sshd> {
  // As root, sshd insists on the folder into which it locks its unprivileged half.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const home = await mkdtemp(join(tmpdir(), 'rosterferry-sshd-'));
  const folder = join(home, 'files');
  mkdirSync(folder);
  for (const kind of ['ed25519', 'ecdsa'])
    execFileSync('ssh-keygen', ['-q', '-t', kind, '-N', '', '-f', join(home, `host_${kind}`)]);
  const user = makeKeyPair('ed25519');
  await writeFile(join(home, 'authorized_keys'), `${user.public}\n`, { mode: 0o600 });
  const hostKeys = {
    ed25519: await fingerprintOfFile(join(home, 'host_ed25519.pub')),
    ecdsa: await fingerprintOfFile(join(home, 'host_ecdsa.pub')),
  };
  const { port, child } = await serve(program, home);
  return {
    access: {
      host: '127.0.0.1',
      port,
      username: userInfo().username,
      privateKey: user.private,
      trustedHostKeys: [hostKeys.ed25519],
      timeoutMs,
    },
    folder,
    hostKeys,
    stop: async () => {
      const ended = new Promise((resolve) => child.once('exit', resolve));
      child.kill();
      await ended;
      await rm(home, { recursive: true, force: true });
    },
  };
}

async function fingerprintOfFile(path: string): Promise<string> {
  const [, key = ''] = (await readFile(path, 'utf8')).split(' ');
  return fingerprintOf(Buffer.from(key, 'base64'));
}

/** Another process may take the free port first: then once more. */
async function serve(program: string, home: string): Promise<{ port: number; child: ChildProcess }> {
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    await writeFile(join(home, 'sshd_config'), configOf(home, port));
    const child = spawn(program, ['-D', '-e', '-f', join(home, 'sshd_config')], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text) => {
      said += text;
    });
    if (await answers(port, child)) return { port, child };
    child.kill();
    if (tries === 3) throw new Error(`sshd does not start: ${said}`);
  }
}

function configOf(home: string, port: number): string {
  return [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${home}/host_ed25519`,
    `HostKey ${home}/host_ecdsa`,
    `AuthorizedKeysFile ${home}/authorized_keys`,
    'PidFile none',
    'StrictModes no',
    'UsePAM no',
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'PermitRootLogin prohibit-password',
    'MaxStartups 100',
    'LogLevel ERROR',
    'Subsystem sftp internal-sftp',
    '',
  ].join('\n');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}

async function answers(port: number, child: ChildProcess): Promise<boolean> {
  for (let look = 0; look < 100 && child.exitCode === null; look += 1) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: '127.0.0.1', port });
      socket.once('data', () => socket.destroy());
      socket.once('data', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
    });
    if (reached) return true;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  return false;
}

/** Being there is not enough: it refuses accounts that are locked, and needs a folder under /run where we are root. */
async function findUsable(): Promise<string | undefined> {
  const program = SSHD.find((path) => existsSync(path));
  try {
    if (!program) throw new Error('there is none');
    const sshd = await startSshd(program);
    await openSftp(sshd.access)
      .then((session) => session.close())
      .finally(() => sshd.stop());
    return program;
  } catch (fault) {
    process.stderr.write(`\n  no sshd to test with, ssh2 serves instead: ${reasonOf(fault)}\n`);
    return undefined;
  }
}

const usable = await findUsable();
