import { AppError } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import type { HostKey } from './host-key.ts';
import type { SftpAccess } from './schema.ts';

/** Status codes of the protocol; those above 8 come from servers that mix in later versions of it. */
export const STATUS = {
  endOfFile: 1,
  noSuchFile: 2,
  permissionDenied: 3,
  failure: 4,
  unsupported: 8,
  alreadyExists: 11,
  writeProtected: 12,
  noSpace: 14,
  quotaExceeded: 15,
} as const;

/** The host answered a request with a refusal. It stays within sftp, source and deliver: they know what it means. */
export class SftpRefusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(`${message} (status ${status})`);
    this.name = 'SftpRefusal';
    this.status = status;
  }
}

export function isRefusal(thrown: unknown, ...statuses: readonly number[]): boolean {
  return thrown instanceof SftpRefusal && (statuses.length === 0 || statuses.includes(thrown.status));
}

/** What went wrong while a drop was looked at or fetched. */
export function sourceFault(sentence: string, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const code = isRefusal(cause, STATUS.noSuchFile) ? 'source_missing' : 'source_unreadable';
  return new AppError(code, `${sentence}: ${reasonOf(cause)}`, { cause });
}

/** What went wrong while a file was delivered. `full` = the host says that no space is left. */
export function destinationFault(sentence: string, cause: unknown, full = false): AppError {
  if (cause instanceof AppError) return cause;
  return new AppError(destinationCode(cause, full), `${sentence}: ${reasonOf(cause)}`, { cause });
}

function destinationCode(cause: unknown, full: boolean) {
  if (full || isRefusal(cause, STATUS.noSpace, STATUS.quotaExceeded)) return 'destination_full';
  if (isRefusal(cause) && /no space|quota|disk (is )?full/i.test(reasonOf(cause))) return 'destination_full';
  if (isRefusal(cause, STATUS.noSuchFile)) return 'destination_missing';
  if (isRefusal(cause, STATUS.permissionDenied, STATUS.writeProtected)) return 'destination_denied';
  return 'delivery_failed';
}

/** The host's key is none of those that are pinned. Both sides are named, so that a person can compare them. */
export function hostKeyChanged(access: SftpAccess, shown: readonly HostKey[]): AppError {
  const seen = shown.map((key) => `${key.fingerprint} (${key.type})`);
  const pinned = access.trustedHostKeys.length === 0 ? 'none' : access.trustedHostKeys.join(', ');
  return new AppError(
    'host_key_changed',
    `${whereOf(access)} shows the key ${seen.join(', ')}, pinned is ${pinned}`,
    {
      hint: `No credential was sent. Ask the owner of the host, by another way, whether the key was changed. If it was: rosterferry trust ${whereOf(access)} --replace, or change host_key.`,
      context: {
        host: access.host,
        port: access.port,
        shown: shown.map((key) => key.fingerprint),
        pinned: access.trustedHostKeys,
      },
    },
  );
}

export function loginRefused(access: SftpAccess, why: string, cause?: unknown): AppError {
  return new AppError(
    'login_refused',
    `${whereOf(access)} refuses the login of ${access.username}: ${why}`,
    details(access, cause),
  );
}

/** What ends an attempt to connect, by what the library says about it: it tells by level more than by code. */
export function openingFault(access: SftpAccess, cause: unknown): AppError {
  if (cause instanceof AppError) return cause;
  const why = reasonOf(cause);
  const level = fieldOf(cause, 'level');
  if (level === 'client-authentication') return loginRefused(access, why, cause);
  if (isLoginDisconnect(cause)) return loginRefused(access, why, cause);
  if (level === 'handshake' || /subsystem|channel open/i.test(why))
    return new AppError(
      'protocol_mismatch',
      `${whereOf(access)} does not speak SFTP with us: ${why}`,
      details(access, cause),
    );
  return new AppError(
    'host_unreachable',
    `Cannot connect to ${whereOf(access)}: ${unreachable(cause)}`,
    details(access, cause),
  );
}

/** An open session that ended before we ended it. */
export function lineLost(access: SftpAccess, why: string, cause?: unknown): AppError {
  return new AppError(
    'connection_lost',
    `The connection to ${whereOf(access)} broke: ${why}`,
    details(access, cause),
  );
}

export function whereOf(access: { host: string; port: number }): string {
  return access.host.includes(':') ? `[${access.host}]:${access.port}` : `${access.host}:${access.port}`;
}

const LONGEST_REASON = 300;

/** What hosts say goes to terminals and logs: in one line, of a sane length, without anything that steers a terminal. */
export function reasonOf(thrown: unknown): string {
  const said = thrown instanceof Error ? thrown.message : String(thrown);
  return said
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim()
    .slice(0, LONGEST_REASON);
}

/** Numbers of RFC 4253: no more methods, illegal user name; and OpenSSH's way to end a login. */
function isLoginDisconnect(cause: unknown): boolean {
  const code = fieldOf(cause, 'code');
  return code === 14 || code === 15 || (code === 2 && /authentication/i.test(reasonOf(cause)));
}

function unreachable(cause: unknown): string {
  switch (errnoOf(cause)) {
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no address is known for this name';
    case 'ECONNREFUSED':
      return 'nothing listens at this port';
    default:
      return reasonOf(cause);
  }
}

function details(access: SftpAccess, cause: unknown) {
  const context = { host: access.host, port: access.port };
  return cause === undefined ? { context } : { context, cause };
}

function fieldOf(thrown: unknown, name: string): unknown {
  return typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, name) : undefined;
}
