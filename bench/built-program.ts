import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
let built: string | undefined;

/** The program as it is published, built anew once a process: what people run is measured, and not what contributors run. */
export function builtProgram(): string {
  if (built !== undefined) return built;
  const { status, stdout, stderr } = spawnSync('npm', ['run', '-s', 'build'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`npm run build ended with ${status}\n${stdout}${stderr}`);
  built = join(ROOT, 'dist/main.js');
  return built;
}
