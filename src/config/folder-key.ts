import { realpath } from 'node:fs/promises';
import { diskError, errnoOf } from '../files/disk-error.ts';
import type { ConnectionSettings } from './config-schema.ts';

type Endpoint = ConnectionSettings['source'] | ConnectionSettings['destination'];

/** Two accounts of one host may be shown different folders under one path, so the account belongs to the key. */
export async function folderKey(endpoint: Endpoint): Promise<string> {
  if (endpoint.type === 'local') return realFolder(endpoint.path);
  const { username, host, port, path } = endpoint;
  return `sftp://${username}@${host.toLowerCase()}:${port}/${path.replaceAll(/\/+/g, '/').replace(/(.)\/$/, '$1')}`;
}

/** Links are followed, so that two names of one folder are one; a folder that is still to be made has only its name. */
async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    if (errnoOf(cause) === 'ENOENT') return path;
    throw diskError(`Cannot look at ${path}`, cause);
  }
}
