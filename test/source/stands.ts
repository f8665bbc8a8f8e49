import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSource } from '../../src/source/open-source.ts';
import type { Manners, SourceStand } from '../contracts/source-contract.ts';
import type { Profile } from '../doubles/hosts.ts';

const READY = { quiet: '1s' };

export async function localStand(): Promise<SourceStand> {
  const root = await mkdtemp(join(tmpdir(), 'rosterferry-local-'));
  return {
    newFolder: () => mkdtemp(join(root, 'drop-')),
    open: (path, manners, tell) =>
      openSource({ type: 'local', path, ready: READY, after: 'remove', ...manners }, undefined, tell),
    stop: () => rm(root, { recursive: true, force: true }),
  };
}

export async function sftpStand(profile: Profile): Promise<SourceStand> {
  const host = await profile.start();
  return {
    newFolder: () => mkdtemp(join(host.folder, 'drop-')),
    open: (path, manners, tell) => openSource(sftpSettings(path, manners), host.access, tell),
    stop: () => host.stop(),
  };
}

export function sftpSettings(path: string, manners: Manners = {}) {
  const place = { type: 'sftp' as const, host: '127.0.0.1', port: 22, username: 'ferry', timeout: '1s' };
  return { ...place, path, ready: READY, after: 'remove' as const, ...manners };
}
