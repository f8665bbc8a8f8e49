import type { ServerHostKeyAlgorithm } from 'ssh2';
import { ALGORITHMS } from './algorithms.ts';
import { connectHost } from './connect-host.ts';
import { HOST_KEY_ALGORITHMS, type HostKey, readHostKey, withoutKeyType } from './host-key.ts';
import { openingFault } from './sftp-errors.ts';

export interface ScannedKey extends HostKey {
  /** As it goes over the wire. */
  raw: Buffer;
}

/** Where to ask; nothing to log in with. */
export interface ScanTarget {
  host: string;
  port: number;
  timeoutMs: number;
}

/**
 * The keys that a host shows, one of each kind, the kind that would be chosen first in front. Every connection ends when the key was
 * shown: no user name and no credential is sent. Throws `host_unreachable`, `protocol_mismatch`.
 */
export async function scanHostKeys(target: ScanTarget): Promise<ScannedKey[]> {
  const keys: ScannedKey[] = [];
  let algorithms: readonly ServerHostKeyAlgorithm[] = HOST_KEY_ALGORITHMS;
  while (algorithms.length > 0) {
    const shown = await showKey(target, algorithms);
    if (shown instanceof Buffer) {
      const key = { ...readHostKey(shown), raw: shown };
      keys.push(key);
      algorithms = withoutKeyType(algorithms, key.type);
    } else if (keys.length > 0) return keys;
    else throw openingFault({ ...target, username: '', trustedHostKeys: [] }, shown);
  }
  return keys;
}

/** The key, or why none was shown. */
async function showKey(
  target: ScanTarget,
  algorithms: readonly ServerHostKeyAlgorithm[],
): Promise<Buffer | Error> {
  const { default: ssh2 } = await import('ssh2');
  const socket = await connectHost({ ...target, username: '', trustedHostKeys: [] });
  const client = new ssh2.Client();
  let shown: Buffer | undefined;
  try {
    return await new Promise<Buffer | Error>((resolve) => {
      const end = (cause: Error) => resolve(shown ?? cause);
      client.on('error', end);
      client.on('close', () => end(new Error('the host closed it')));
      client.connect({
        sock: socket,
        host: target.host,
        port: target.port,
        // Asked for by the library and never sent: the line ends before a login begins.
        username: 'nobody',
        readyTimeout: target.timeoutMs,
        algorithms: { ...ALGORITHMS, serverHostKey: [...algorithms] },
        hostVerifier: (raw: Buffer) => {
          shown = Buffer.from(raw);
          return false;
        },
      });
    });
  } finally {
    client.destroy();
    socket.destroy();
  }
}
