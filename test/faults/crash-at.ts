/**
 * For `node --import`: ends its own process, as a power cut would, before or after one step of a run on the disk.
 * CRASH_AT says which, such as "after state claimed"; the names of steps are in `stepOf...` below. CRASH_SIGNAL is another
 * signal than the one that nobody can refuse. CRASH_IN=thread: only where another thread than the first makes the step.
 */
import { readFileSync } from 'node:fs';
import fs from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { basename, dirname } from 'node:path';
import { isMainThread } from 'node:worker_threads';

const [when = '', ...words] = (process.env.CRASH_AT ?? '').split(' ');
const wanted = words.join(' ');
const counts = new Map<string, number>();

function stepOfRename(from: string, to: string): string | undefined {
  const name = basename(to);
  if (name === 'state.json') return `state ${JSON.parse(readFileSync(from, 'utf8')).state}`;
  if (name.endsWith('.state.json')) return 'state aside';
  if (name === 'head.json') return 'head';
  if (basename(dirname(from)) === '.open') return 'seal';
  return isAtTheEnd(to, 'outbound') ? numbered('publish') : undefined;
}

function stepOfOpen(path: string, flags: unknown): string | undefined {
  return flags === 'wx' && basename(dirname(path)) === 'inbound' ? numbered('fetch') : undefined;
}

function stepOfCopy(to: string): string | undefined {
  return isAtTheEnd(to, 'outbound') ? numbered('stage') : undefined;
}

function stepOfRemoval(path: string): string | undefined {
  return isAtTheEnd(path, 'inbound') ? numbered('clear') : undefined;
}

/** In the folder of that name at one end of the connection, not in the run's own. */
function isAtTheEnd(path: string, folder: string): boolean {
  return basename(dirname(path)) === folder && !path.includes('/archive/');
}

function numbered(step: string): string {
  const count = (counts.get(step) ?? 0) + 1;
  counts.set(step, count);
  return `${step} ${count}`;
}

async function around<Answer>(step: string | undefined, work: () => Promise<Answer>): Promise<Answer> {
  if (step === wanted && when === 'before') crash();
  const answer = await work();
  if (step === wanted && when === 'after') crash();
  return answer;
}

function crash(): void {
  if (isMainThread && process.env.CRASH_IN === 'thread') return;
  process.kill(process.pid, process.env.CRASH_SIGNAL ?? 'SIGKILL');
}

const { rename, rm, open, copyFile } = fs;
fs.rename = (from, to) => around(stepOfRename(String(from), String(to)), () => rename(from, to));
fs.rm = (path, options) => around(stepOfRemoval(String(path)), () => rm(path, options));
fs.open = (path, flags, mode) => around(stepOfOpen(String(path), flags), () => open(path, flags, mode));
fs.copyFile = (from, to, mode) => around(stepOfCopy(String(to)), () => copyFile(from, to, mode));
syncBuiltinESMExports();
