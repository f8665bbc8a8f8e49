import type { SftpAccess } from '../../src/sftp/schema.ts';
import type { Quirks } from './ssh2-files.ts';
import { type ServerDials, startSsh2Server } from './ssh2-server.ts';
import { findSshd, startSshd } from './sshd.ts';

/** One host with a folder of its own, as the suites for SFTP see it. */
export interface Host {
  access: SftpAccess;
  folder: string;
  stop(): Promise<void>;
}

export interface Profile {
  title: string;
  start(): Promise<Host>;
}

const QUICK_MS = 1500;
/** As servers of other systems show them. */
const KINDS: Record<string, string> = { d: '<DIR>    ', l: '<SYMLINK>' };

/** Hosts with which everything must work, whatever their manners: the real one first, where this machine has it. */
export function goodHosts(): Profile[] {
  const program = findSshd();
  const real: Profile[] = program ? [{ title: 'OpenSSH', start: () => startSshd(program, QUICK_MS) }] : [];
  return [
    ...real,
    bad('a server without extensions', {}),
    bad('a server whose rename replaces', { renameReplaces: true }),
    bad('a server that answers short', { shortReadBytes: 20_000 }),
    bad('a server that refuses long packets', { longestPieceBytes: 32 * 1024 }, { ident: 'OpenSSH_9.9' }),
    bad('a server without modes and with odd long names', {
      noModes: true,
      longName: (name, kind) => `11-22-26  09:30AM  ${KINDS[kind] ?? '         '}  ${name}`,
    }),
    bad('a server that cannot stat a handle', { refuse: ['FSTAT'] }),
  ];
}

export function bad(title: string, quirks: Quirks, dials: ServerDials = {}): Profile {
  return { title, start: () => startSsh2Server({ timeoutMs: QUICK_MS, quirks, ...dials }) };
}
