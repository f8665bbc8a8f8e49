import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { type DestinationStand, destinationContract } from '../contracts/destination-contract.ts';
import { goodHosts, type Profile } from '../doubles/hosts.ts';
import { PLACE } from './place.ts';

async function localStand(): Promise<DestinationStand> {
  const root = await mkdtemp(join(tmpdir(), 'rosterferry-local-'));
  return {
    newFolder: () => mkdtemp(join(root, 'out-')),
    open: (path) => openDestination({ type: 'local', path }),
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

async function sftpStand(profile: Profile): Promise<DestinationStand> {
  const host = await profile.start();
  return {
    newFolder: () => mkdtemp(join(host.folder, 'out-')),
    open: (path) => openDestination({ ...PLACE, path }, host.access),
    stop: () => host.stop(),
  };
}

destinationContract('a local folder', localStand);
for (const profile of goodHosts()) destinationContract(profile.title, () => sftpStand(profile));
