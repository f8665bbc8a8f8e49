import { readFile, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AppError, type Place, throwAll } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';
import { readKnownHosts } from '../sftp/known-hosts.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import { whereOf } from '../sftp/sftp-errors.ts';
import { durationMs } from '../time/duration.ts';
import type { SftpEndpoint } from './config-schema.ts';

export type Environment = Readonly<Record<string, string | undefined>>;
export type SecretKey = 'password' | 'private_key' | 'passphrase' | 'known_hosts';
/** What is resolved, for the rights of its file; others may read a public key and a known_hosts file. */
type Resolved = SecretKey | 'secret' | 'public_key';
const MAY_BE_READ: readonly Resolved[] = ['known_hosts', 'public_key'];
type PlaceOfSecret = (key: Resolved) => Place;

/**
 * The endpoint with its secrets, for one session.
 * Throws every `secret_missing` at once; no error has a secret in it.
 * @param folder what `file:` paths are relative to
 * @param placeOf where the keys stand, for errors
 */
export async function resolveAccess(
  endpoint: SftpEndpoint,
  folder: string,
  env: Environment,
  placeOf?: PlaceOfSecret,
): Promise<SftpAccess> {
  const mistakes: AppError[] = [];
  const secret = async (key: SecretKey): Promise<string | undefined> => {
    const ref = endpoint[key];
    if (ref === undefined) return undefined;
    try {
      return await readSecret(ref, { key, name: key, folder, env, placeOf });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      mistakes.push(error);
      return undefined;
    }
  };
  const password = await secret('password');
  const privateKey = await secret('private_key');
  const passphrase = await secret('passphrase');
  const knownHosts = await secret('known_hosts');
  const trusted = new Set(endpoint.host_key === undefined ? [] : [endpoint.host_key.replace(/=$/, '')]);
  if (knownHosts !== undefined) {
    const keys = readKnownHosts(knownHosts, endpoint.host, endpoint.port);
    for (const key of keys.trusted) trusted.add(key);
    for (const key of keys.revoked) trusted.delete(key);
    if (trusted.size === 0) mistakes.push(hostNotKnown(endpoint, keys.ignored, placeOf));
  }
  throwAll(mistakes);
  return {
    host: endpoint.host,
    port: endpoint.port,
    username: endpoint.username,
    ...(password === undefined ? {} : { password: withoutNewline(password) }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(passphrase === undefined ? {} : { passphrase: withoutNewline(passphrase) }),
    trustedHostKeys: [...trusted],
    timeoutMs: durationMs(endpoint.timeout),
  };
}

/**
 * One secret that is named elsewhere than at an endpoint.
 * Throws secret_missing; no error has the secret in it.
 */
export async function resolveSecret(
  ref: string,
  where: { name: string; folder: string; env: Environment; place: Place },
): Promise<string> {
  const { name, folder, env, place } = where;
  return withoutNewline(await readSecret(ref, { key: 'secret', name, folder, env, placeOf: () => place }));
}

/** A key of somebody else, which is no secret. Throws secret_missing. */
export async function resolvePublicKey(
  ref: string,
  where: { name: string; folder: string; env: Environment; place: Place },
): Promise<string> {
  const { name, folder, env, place } = where;
  return readSecret(ref, { key: 'public_key', name, folder, env, placeOf: () => place });
}

interface SecretContext {
  key: Resolved;
  /** The key as it stands in the configuration, for errors. */
  name: string;
  folder: string;
  env: Environment;
  placeOf: PlaceOfSecret | undefined;
}

async function readSecret(ref: string, context: SecretContext): Promise<string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(ref) ?? [];
  const value =
    kind === 'env' ? context.env[name] : await readSecretFile(resolve(context.folder, name), context);
  if (value !== undefined && value.trim() !== '') return value;
  if (kind !== 'env')
    throw missing(
      context,
      `${context.name} refers to the file ${name}, which is empty`,
      'Put the secret into it.',
    );
  const sentence = `${context.name} refers to the environment variable ${name}, which is ${value === undefined ? 'not set' : 'empty'}`;
  throw missing(context, sentence, `Set ${name} in the environment of Rosterferry.`);
}

async function readSecretFile(path: string, context: SecretContext): Promise<string> {
  try {
    const { mode } = await stat(path);
    if (!MAY_BE_READ.includes(context.key) && isOpenToOthers(mode)) {
      const sentence = `${context.name} refers to ${path}, which other accounts of this machine can open`;
      throw missing(context, sentence, `Type: chmod 600 ${path}`);
    }
    return await readFile(path, 'utf8');
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const isGone = errnoOf(cause) === 'ENOENT';
    const why = isGone ? 'is not there' : `cannot be read (${errnoOf(cause)})`;
    const sentence = `${context.name} refers to ${path}, which ${why}`;
    throw missing(context, sentence, isGone && context.key === 'known_hosts' ? TRUST_FIRST : undefined);
  }
}

const TRUST_FIRST =
  'Ask the owner of the host for its fingerprint, then type rosterferry trust and the name of the connection, which writes the file.';

/** Windows keeps rights elsewhere, and its modes say nothing. */
function isOpenToOthers(mode: number): boolean {
  return process.platform !== 'win32' && (mode & 0o077) !== 0;
}

function missing(context: Pick<SecretContext, 'key' | 'placeOf'>, sentence: string, hint?: string): AppError {
  const place = context.placeOf?.(context.key);
  return new AppError('secret_missing', sentence, {
    ...(place ? { place } : {}),
    ...(hint === undefined ? {} : { hint }),
  });
}

function hostNotKnown(
  endpoint: SftpEndpoint,
  ignored: readonly string[],
  placeOf: PlaceOfSecret | undefined,
): AppError {
  const why = ignored.length === 0 ? '' : ` (${ignored.join('; ')})`;
  const sentence = `known_hosts has no key of ${endpoint.host} at port ${endpoint.port} that can be trusted${why}`;
  const hint = `Ask the owner of the host for its fingerprint, then type: rosterferry trust ${whereOf(endpoint)}.`;
  return missing({ key: 'known_hosts', placeOf }, sentence, hint);
}

/** Editors end a file with a new line that is no part of the password. */
function withoutNewline(text: string): string {
  return text.replace(/\r?\n$/, '');
}
