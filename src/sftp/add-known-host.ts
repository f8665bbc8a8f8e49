import type { HostKey } from './host-key.ts';
import { knownHostNames, readKnownHosts } from './known-hosts.ts';

/** What a known_hosts file would become. */
export type KnownHostChange =
  /** The key is trusted already; nothing is to be written. */
  | { kind: 'known' }
  /** The file revokes this very key. */
  | { kind: 'revoked' }
  /** The file trusts other keys of this host, and replacing them was not asked for. */
  | { kind: 'differs'; trusted: string[] }
  /** A line that names other hosts too has another key: that is for a person to mend. */
  | { kind: 'shared'; line: number }
  | { kind: 'write'; text: string; replaced: number };

/**
 * Plans the line of a host; pure. `replaces`: lines of this host alone that have other keys are left out of the text.
 * A key of another kind beside the trusted ones counts as another key: who trusts a host has to say which key it shows.
 */
export function addKnownHost(
  text: string,
  host: { host: string; port: number },
  { key, raw, replaces }: { key: HostKey; raw: Buffer; replaces: boolean },
): KnownHostChange {
  const known = readKnownHosts(text, host.host, host.port);
  if (known.revoked.includes(key.fingerprint)) return { kind: 'revoked' };
  if (known.trusted.includes(key.fingerprint)) return { kind: 'known' };
  const line = `${nameOf(host)} ${key.type} ${raw.toString('base64')}`;
  if (known.trusted.length === 0) return { kind: 'write', text: `${endLine(text)}${line}\n`, replaced: 0 };
  if (!replaces) return { kind: 'differs', trusted: known.trusted };
  return replaceLines(text, host, line);
}

function replaceLines(text: string, host: { host: string; port: number }, line: string): KnownHostChange {
  const lines = text.split(/\r?\n/);
  const kept: string[] = [];
  let replaced = 0;
  for (const [index, old] of lines.entries()) {
    if (readKnownHosts(old, host.host, host.port).trusted.length === 0) kept.push(old);
    else if (isOfThisHostAlone(old, host)) replaced += 1;
    else return { kind: 'shared', line: index + 1 };
  }
  return { kind: 'write', text: `${endLine(kept.join('\n'))}${line}\n`, replaced };
}

/** A hashed name is one name; a list or a pattern may mean others. */
function isOfThisHostAlone(line: string, { host, port }: { host: string; port: number }): boolean {
  const [hosts = ''] = line.trim().split(/[ \t]+/);
  return hosts.startsWith('|') || knownHostNames(host, port).includes(hosts.toLowerCase());
}

function nameOf({ host, port }: { host: string; port: number }): string {
  return knownHostNames(host, port)[0] ?? host;
}

function endLine(text: string): string {
  const whole = text.replace(/(\r?\n)+$/, '');
  return whole === '' ? '' : `${whole}\n`;
}
