import { dirname, resolve } from 'node:path';
import type { SftpEndpoint } from '../config/config-schema.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { nearestName } from '../config/nearest-name.ts';
import { AppError } from '../errors/app-error.ts';
import { durationMs } from '../time/duration.ts';
import { unknownConnection } from './unknown-connection.ts';

/** A host whose key is to be trusted, and the file that keeps it. */
export interface TrustTarget {
  host: string;
  port: number;
  timeoutMs: number;
  /** Absolute. */
  knownHosts: string;
  /** The fingerprint that the configuration itself pins, where it does. */
  pinned: string | undefined;
}

const DEFAULT_FILE = 'secrets/known_hosts';
const TIMEOUT_MS = 20_000;

/**
 * What `trust` was given: the name of a connection, with the end where both are SFTP; or a host, whose file is then the one of the
 * connection that has this host. Throws `usage`, `unknown_connection`.
 * @param asked its known_hosts file, and `configPath`, are absolute
 * @param config undefined where there is none, or none that can be read: a host can be trusted before
 */
export function trustTarget(
  asked: { target: string; end: string | undefined; knownHosts: string | undefined },
  config: LoadedConfig | undefined,
  configPath: string,
): TrustTarget {
  const connection = config?.connections.get(asked.target);
  const { endpoint, folder, host, port } = connection
    ? ofConnection(connection, asked.end)
    : ofHost(asked, config);
  const configured = /^file:(.+)$/.exec(endpoint?.known_hosts ?? '')?.[1];
  const base = folder ?? dirname(configPath);
  return {
    host,
    port,
    timeoutMs: endpoint ? durationMs(endpoint.timeout) : TIMEOUT_MS,
    knownHosts: asked.knownHosts ?? resolve(base, configured ?? DEFAULT_FILE),
    pinned: endpoint?.host_key?.replace(/=$/, ''),
  };
}

interface Found {
  endpoint: SftpEndpoint | undefined;
  folder: string | undefined;
  host: string;
  port: number;
}

function ofConnection(connection: LoadedConnection, end: string | undefined): Found {
  const { source, destination } = connection.settings;
  if (end !== undefined && end !== 'source' && end !== 'destination')
    throw new AppError('usage', `${end} is no end of a connection`, { hint: 'Write source or destination.' });
  const ends = [
    ...(end === 'destination' ? [] : [source]),
    ...(end === 'source' ? [] : [destination]),
  ].filter((one) => one.type === 'sftp');
  const [endpoint, other] = ends;
  if (!endpoint)
    throw new AppError(
      'usage',
      `The connection ${connection.name} has no SFTP host${end ? ` as its ${end}` : ''}`,
    );
  if (other && (other.host !== endpoint.host || other.port !== endpoint.port))
    throw new AppError('usage', `The connection ${connection.name} has two SFTP hosts`, {
      hint: `Name the end: rosterferry trust ${connection.name} source, or destination.`,
    });
  return { endpoint, folder: connection.folder, host: endpoint.host, port: endpoint.port };
}

function ofHost(
  { target, end }: { target: string; end: string | undefined },
  config: LoadedConfig | undefined,
): Found {
  const { host, port } = readHost(target);
  const names = [...(config?.connections.keys() ?? [])];
  const isNear = !/[.:]/.test(target) && nearestName(target, names) !== undefined;
  if (end !== undefined || isNear) throw unknownConnection(target, names);
  for (const { settings, folder } of config?.connections.values() ?? [])
    for (const endpoint of [settings.source, settings.destination])
      if (endpoint.type === 'sftp' && endpoint.port === port && isSameHost(endpoint.host, host))
        return { endpoint, folder, host: endpoint.host, port };
  return { endpoint: undefined, folder: undefined, host, port };
}

function isSameHost(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** host, host:port, [address]:port, or an address of IPv6 alone. */
export function readHost(text: string): { host: string; port: number } {
  const [, bracketed, plain, digits = '22'] = /^(?:\[([^\]]+)\]|([^:]+))(?::(\d{1,5}))?$/.exec(text) ?? [];
  const host = bracketed ?? plain ?? (/^[0-9a-f:]+$/i.test(text) ? text : undefined);
  const port = Number(digits);
  if (host !== undefined && /^[\w.:%-]+$/.test(host) && port >= 1 && port <= 65535) return { host, port };
  throw new AppError('usage', `${text} is neither a connection nor a host`, {
    hint: 'Write the name of a connection, or HOST, or HOST:PORT.',
  });
}
