import { addressOf, type ConsoleSettings } from './schema.ts';

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];

/**
 * Whether a request was meant for us, by its Host header. A page of the web whose name was made to lead to 127.0.0.1
 * comes with that name.
 */
export function openHostCheck(settings: ConsoleSettings): (header: string | undefined) => boolean {
  const { host } = addressOf(settings);
  const own = host.includes(':') ? `[${host}]` : host;
  const known = new Set([...LOOPBACK, own, ...settings.hosts].map((name) => name.toLowerCase()));
  return (header) => header !== undefined && known.has(header.replace(/:\d+$/, '').toLowerCase());
}
