import type { AuthHandlerMiddleware, ServerHostKeyAlgorithm, SFTPWrapper } from 'ssh2';
import type SftpClient from 'ssh2-sftp-client';
import { AppError } from '../errors/app-error.ts';
import { type Clock, systemClock } from '../time/clock.ts';
import { ALGORITHMS } from './algorithms.ts';
import { freeBytesAt, isRemoteFolder, makeRemoteFolder, removeFile, renameOver } from './change-names.ts';
import { connectHost } from './connect-host.ts';
import { readFolderRights } from './folder-rights.ts';
import { HOST_KEY_ALGORITHMS, type HostKey, isTrusted, readHostKey, withoutKeyType } from './host-key.ts';
import { Lifeline } from './lifeline.ts';
import { listFolder } from './list-folder.ts';
import { loadCredentials, openLogin } from './login.ts';
import { mayWrite } from './may-write.ts';
import { readFileTo, tryRead } from './read-file.ts';
import type { SftpAccess } from './schema.ts';
import type { SftpSession } from './session.ts';
import { hostKeyChanged, lineLost, loginRefused, openingFault, reasonOf, whereOf } from './sftp-errors.ts';
import { openWire, statPath } from './wire.ts';
import { writeFileFrom } from './write-file.ts';

/** The library writes to the console unless it is told otherwise. */
const QUIET = { error: () => undefined, end: () => undefined, close: () => undefined };
/** Pings make an idle host speak; whether it has been silent too long is for the lifeline to say, which sees all bytes. */
const PINGS_PER_TIMEOUT = 4;
const UNANSWERED_PINGS = 100;
const GOODBYE_MS = 2000;

interface Attempt {
  access: SftpAccess;
  hostKeys: readonly ServerHostKeyAlgorithm[];
  /** Says whether the host may be talked to; called before anything of ours is sent. */
  verify: (key: HostKey) => boolean;
  login: (giveUp: (why: string) => void) => AuthHandlerMiddleware;
  clock: Clock;
}

/**
 * Connects, checks the host key, logs in once, and opens SFTP.
 * Throws `host_unreachable`, `host_key_changed`, `login_refused`, `protocol_mismatch`, `private_key_unusable`.
 */
export async function openSftp(access: SftpAccess, clock: Clock = systemClock): Promise<SftpSession> {
  const credentials = loadCredentials(access);
  const others: HostKey[] = [];
  let hostKeys: readonly ServerHostKeyAlgorithm[] = HOST_KEY_ALGORITHMS;
  while (hostKeys.length > 0) {
    let shown: HostKey | undefined;
    const verify = (key: HostKey) => {
      shown = key;
      return isTrusted(key, access.trustedHostKeys);
    };
    const login = (giveUp: (why: string) => void) => openLogin(credentials, giveUp);
    try {
      return await openOnce({ access, hostKeys, verify, login, clock });
    } catch (fault) {
      const key: HostKey | undefined = shown;
      if (key ? isTrusted(key, access.trustedHostKeys) : others.length === 0) throw fault;
      if (!key) break;
      others.push(key);
      hostKeys = withoutKeyType(hostKeys, key.type);
    }
  }
  throw hostKeyChanged(access, others);
}

/** A new client for each connection: one that has ended once ignores every later break. */
async function openOnce(attempt: Attempt): Promise<SftpSession> {
  const { access, clock } = attempt;
  // Loading it takes a seventh of a start, and only who has a host pays for it.
  const { default: Client } = await import('ssh2-sftp-client');
  const socket = await connectHost(access);
  let isOpen = false;
  const lost = (why: string, cause?: unknown) =>
    isOpen ? lineLost(access, why, cause) : openingFault(access, cause ?? new Error(why));
  const line = new Lifeline({ socket, timeoutMs: access.timeoutMs, clock, lost });
  const client = new Client('rosterferry', QUIET);
  const end = (why: string, cause?: unknown) => line.cut(lost(why, cause));
  client.on('error', (cause: unknown) => end(reasonOf(cause), cause));
  client.on('end', () => end('the host closed it'));
  client.on('close', () => end('it was closed'));
  try {
    const giveUp = (why: string) => line.cut(loginRefused(access, why));
    const sftp = await line.race(client.connect({ sock: socket, ...connectOptions(attempt, giveUp) }));
    sftp.on('error', (cause: Error) => end(cause.message, cause));
    sftp.on('end', () => end('the host closed the channel'));
    sftp.on('close', () => end('the host closed the channel'));
    isOpen = true;
    return makeSession(attempt, { sftp, line, client });
  } catch (fault) {
    const reason = line.reason ?? openingFault(access, fault);
    line.cut(reason);
    throw reason;
  }
}

function connectOptions(attempt: Attempt, giveUp: (why: string) => void) {
  const { access, hostKeys, verify, login } = attempt;
  return {
    host: access.host,
    port: access.port,
    username: access.username,
    authHandler: login(giveUp),
    hostVerifier: (raw: Buffer) => verify(readHostKey(raw)),
    algorithms: { ...ALGORITHMS, serverHostKey: [...hostKeys] },
    readyTimeout: access.timeoutMs,
    keepaliveInterval: Math.max(50, Math.round(access.timeoutMs / PINGS_PER_TIMEOUT)),
    keepaliveCountMax: UNANSWERED_PINGS,
  };
}

interface Opened {
  sftp: SFTPWrapper;
  line: Lifeline;
  client: SftpClient;
}

function makeSession({ access, clock }: Attempt, { sftp, line, client }: Opened): SftpSession {
  const wire = openWire(sftp, line);
  return {
    where: whereOf(access),
    offers: { ...wire.offers, ...softwareOf(client) },
    isAlive: () => line.reason === undefined,
    list: (folder) => listFolder(wire, folder),
    stat: (path) => statPath(wire, path),
    isFolder: (path) => isRemoteFolder(wire, path),
    tryRead: (path) => tryRead(wire, path),
    mayWrite: async (folder) => mayWrite(await readFolderRights(wire, folder), access.username),
    readTo: (path, sizeBytes, sink) => readFileTo(wire, path, sizeBytes, sink),
    writeFrom: (source, path, options) => writeFileFrom(wire, source, path, options),
    rename: (from, to) => renameOver(wire, from, to),
    remove: (path) => removeFile(wire, path),
    makeFolder: (path) => makeRemoteFolder(wire, path),
    freeBytes: (path) => freeBytesAt(wire, path),
    close: () => endSession(access, { client, line, clock }),
  };
}

/** The library keeps it for itself; what a host calls itself may have anything in it. */
function softwareOf(client: SftpClient): { software?: string } {
  const connection: unknown = Reflect.get(client, 'client');
  const said: unknown = typeof connection === 'object' && connection && Reflect.get(connection, '_remoteVer');
  return typeof said === 'string' && said !== '' ? { software: reasonOf(said) } : {};
}

/** Saying goodbye hangs on a half-open line, so it gets a moment, and then the socket goes. */
async function endSession(
  access: SftpAccess,
  { client, line, clock }: { client: SftpClient; line: Lifeline; clock: Clock },
): Promise<void> {
  if (line.reason) return;
  const enough = new AbortController();
  const goodbye = client.end().catch(() => undefined);
  await Promise.race([goodbye, clock.sleep(GOODBYE_MS, enough.signal).catch(() => undefined)]);
  enough.abort();
  line.cut(new AppError('connection_lost', `The session with ${whereOf(access)} was closed`));
}
