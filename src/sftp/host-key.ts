import { createHash } from 'node:crypto';
import type { ServerHostKeyAlgorithm } from 'ssh2';

export interface HostKey {
  /** ssh-ed25519, ecdsa-sha2-nistp256, ssh-rsa ... */
  type: string;
  /** SHA256: and 43 characters, as ssh-keygen -lf prints it. */
  fingerprint: string;
}

/** In the order of preference. SHA-1 signatures (plain ssh-rsa) are left out. */
export const HOST_KEY_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  'ssh-ed25519',
  'ecdsa-sha2-nistp256',
  'ecdsa-sha2-nistp384',
  'ecdsa-sha2-nistp521',
  'rsa-sha2-512',
  'rsa-sha2-256',
];

/** Reads the bytes of a public key as they go over the wire. */
export function readHostKey(raw: Buffer): HostKey {
  const typeBytes = raw.length >= 4 ? raw.readUInt32BE(0) : 0;
  return { type: raw.toString('latin1', 4, 4 + Math.min(typeBytes, 64)), fingerprint: fingerprintOf(raw) };
}

export function fingerprintOf(raw: Buffer): string {
  return `SHA256:${withoutPadding(createHash('sha256').update(raw).digest('base64'))}`;
}

export function isTrusted(key: HostKey, trusted: readonly string[]): boolean {
  return trusted.some((fingerprint) => withoutPadding(fingerprint) === key.fingerprint);
}

/** A host has a key of each kind, and the pin names one of them: ask for another kind than the one that it showed. */
export function withoutKeyType(
  algorithms: readonly ServerHostKeyAlgorithm[],
  type: string,
): ServerHostKeyAlgorithm[] {
  return algorithms.filter((name) =>
    type === 'ssh-rsa' ? !name.startsWith('rsa-') && name !== type : name !== type,
  );
}

function withoutPadding(text: string): string {
  return text.replace(/=+$/, '');
}
