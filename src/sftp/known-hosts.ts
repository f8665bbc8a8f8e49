import { createHmac, timingSafeEqual } from 'node:crypto';
import { fingerprintOf } from './host-key.ts';

export interface KnownHostKeys {
  /** Fingerprints to pin, SHA256:... without padding. Empty: the file does not know this host. */
  trusted: string[];
  /** Keys of this host that the file revokes; none of them is in `trusted`. */
  revoked: string[];
  /** Lines that say something about this host that is not understood: `line 3: ...`. */
  ignored: string[];
}

/**
 * Reads a known_hosts text (sshd(8), "SSH_KNOWN_HOSTS FILE FORMAT"): plain and hashed names, patterns, ports, markers.
 * A host at another port than 22 is known by [host]:port only.
 */
export function readKnownHosts(text: string, host: string, port: number): KnownHostKeys {
  const names = knownHostNames(host, port);
  const keys: KnownHostKeys = { trusted: [], revoked: [], ignored: [] };
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    const entry = readLine(line);
    if (!entry || !names.some((name) => isNamed(entry.hosts, name))) continue;
    const raw = readKeyBytes(entry);
    if (entry.marker === '@cert-authority')
      keys.ignored.push(`line ${index + 1}: host certificates are not supported`);
    else if (!raw) keys.ignored.push(`line ${index + 1}: the key cannot be read`);
    else if (entry.marker === '@revoked') keys.revoked.push(fingerprintOf(raw));
    else if (entry.marker) keys.ignored.push(`line ${index + 1}: the marker ${entry.marker} is not known`);
    else keys.trusted.push(fingerprintOf(raw));
  }
  return { ...keys, trusted: [...new Set(keys.trusted)].filter((key) => !keys.revoked.includes(key)) };
}

/** Under which names a host stands in such a file, the usual one first. */
export function knownHostNames(host: string, port: number): string[] {
  const name = host.toLowerCase();
  return port === 22 ? [name, `[${name}]:22`] : [`[${name}]:${port}`];
}

interface Entry {
  marker: string | undefined;
  hosts: string;
  type: string;
  key: string;
}

function readLine(line: string): Entry | undefined {
  const words = line.trim().split(/[ \t]+/);
  if (line.trim() === '' || line.trim().startsWith('#')) return undefined;
  const marker = words[0]?.startsWith('@') ? words.shift() : undefined;
  const [hosts, type, key] = words;
  return hosts === undefined ? undefined : { marker, hosts, type: type ?? '', key: key ?? '' };
}

/** The bytes of the key begin with their own type; where the line says another, it was tampered with or cut. */
function readKeyBytes({ type, key }: Entry): Buffer | undefined {
  const raw = Buffer.from(key, 'base64');
  const stated = Buffer.byteLength(type);
  const fits = raw.length > 4 + stated && raw.readUInt32BE(0) === stated;
  return fits && raw.toString('latin1', 4, 4 + stated) === type ? raw : undefined;
}

function isNamed(hosts: string, name: string): boolean {
  if (hosts.startsWith('|')) return isHashOf(hosts, name);
  const patterns = hosts.toLowerCase().split(',');
  if (patterns.some((pattern) => pattern.startsWith('!') && fits(pattern.slice(1), name))) return false;
  return patterns.some((pattern) => fits(pattern, name));
}

/** |1|salt|HMAC-SHA1 of the name */
function isHashOf(hosts: string, name: string): boolean {
  const [, version, salt, hash] = hosts.split('|');
  if (version !== '1' || !salt || !hash) return false;
  const stated = Buffer.from(hash, 'base64');
  const computed = createHmac('sha1', Buffer.from(salt, 'base64')).update(name).digest();
  return stated.length === computed.length && timingSafeEqual(stated, computed);
}

/** `*` stands for any characters and `?` for one; nothing else is special, not even brackets. */
function fits(pattern: string, name: string): boolean {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, '\\$&')
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`).test(name);
}
