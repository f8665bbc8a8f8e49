import type { OutboundFile } from '../../src/deliver/destination.ts';
import { openSftpDestination } from '../../src/deliver/sftp-destination.ts';
import type { SftpAccess } from '../../src/sftp/schema.ts';
import { openSftpSource } from '../../src/source/sftp-source.ts';

/** Where both rivals go. */
export interface Endpoint {
  access: SftpAccess;
  folder: string;
  /** The private key as a file, for who wants one. */
  key: string;
}

const RUN = 'bench';
const settings = ({ folder }: Endpoint) => ({
  type: 'sftp' as const,
  host: '127.0.0.1',
  port: 22,
  username: '',
  timeout: '20s',
  publish: 'rename' as const,
  path: folder,
});

/** As a run delivers: log in, a temporary name, every byte acknowledged, synced, the size compared, the rename. */
export async function sendFile(end: Endpoint, file: OutboundFile): Promise<void> {
  const destination = await openSftpDestination(settings(end), end.access);
  await destination.stage(file, RUN);
  await destination.publish(file, RUN);
  await destination.close();
}

/** As a run fetches: log in, list, every byte hashed on its way, synced here, looked at before and after. */
export async function fetchFile(end: Endpoint, name: string, to: string): Promise<void> {
  const source = await openSftpSource(
    { ...settings(end), ready: { quiet: '0s' }, after: 'leave' },
    end.access,
  );
  const file = (await source.list()).find((one) => one.name === name);
  if (!file) throw new Error(`${name} is not there`);
  await source.fetch(file, to);
  await source.close();
}
