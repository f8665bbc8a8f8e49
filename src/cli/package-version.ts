import { readFileSync } from 'node:fs';
import { packagePath } from '../package/package-path.ts';

export function packageVersion(): string {
  const text = readFileSync(packagePath('package.json'), 'utf8');
  const { version }: { version: string } = JSON.parse(text);
  return version;
}
