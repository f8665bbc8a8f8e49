import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Endpoint } from './rosterferry-sftp.ts';

/** `put` of OpenSSH's own client, its defaults. */
export async function openSshSend(end: Endpoint, here: string, there: string): Promise<void> {
  await sftp(end, `put ${here} ${there}`);
}

export async function openSshFetch(end: Endpoint, there: string, here: string): Promise<void> {
  await sftp(end, `get ${there} ${here}`);
}

async function sftp({ access, key }: Endpoint, command: string): Promise<void> {
  const options = [
    'StrictHostKeyChecking=no',
    'UserKnownHostsFile=/dev/null',
    'IdentitiesOnly=yes',
    'LogLevel=ERROR',
  ];
  const child = spawn(
    'sftp',
    [
      '-q',
      ...options.flatMap((option) => ['-o', option]),
      ...['-i', key, '-P', String(access.port), '-b', '-', `${access.username}@${access.host}`],
    ],
    { stdio: ['pipe', 'ignore', 'inherit'] },
  );
  child.stdin.end(`${command}\n`);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`sftp ended with ${code}`);
}
