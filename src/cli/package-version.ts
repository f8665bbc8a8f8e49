import { readFileSync } from 'node:fs';

/** From dist/cli as from src/cli, package.json lies two folders up. */
export function packageVersion(): string {
  const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}
