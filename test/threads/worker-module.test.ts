import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { workerModule } from '../../src/threads/worker-module.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const ASKED = /workerModule\('([^']+)'\)/g;

/** The names under which any room asks for the module of a thread. */
async function namesAsked(): Promise<string[]> {
  const names: string[] = [];
  for await (const path of glob('**/*.ts', { cwd: join(ROOT, 'src') })) {
    const text = await readFile(join(ROOT, 'src', path), 'utf8');
    names.push(...[...text.matchAll(ASKED)].map((match) => match[1] ?? ''));
  }
  return names;
}

describe('the module of a thread', () => {
  const tempFolder = useTempFolders();

  it('is there, whoever asks', async () => {
    const names = await namesAsked();
    expect(names).to.have.length.above(3);
    for (const name of names) expect(existsSync(fileURLToPath(workerModule(name)))).to.equal(true);
  });

  it('is loaded whole in the published program, which begins as a source does', async () => {
    const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'build.ts')], { encoding: 'utf8' });
    expect({ status, stderr }).to.deep.equal({ status: 0, stderr: '' });
    const names = await namesAsked();
    const faults = await Promise.all(names.map((name) => faultOf(join(ROOT, 'dist', `${name}.js`))));
    expect(faults).to.deep.equal(names.map(() => undefined));
    const demo = [join(ROOT, 'dist/main.js'), 'demo'];
    const run = spawnSync(process.execPath, demo, { encoding: 'utf8', cwd: await tempFolder() });
    expect(run.status, run.stderr).to.equal(0);
    expect(run.stdout).to.contain('The second night: delivered, the books balance.');
  }).timeout(60_000);
});

const LOADED_MS = 1000;

/** What befalls a thread while it loads its modules. */
async function faultOf(path: string): Promise<string | undefined> {
  // The one that carries runs is told how much to log.
  const worker = new Worker(path, { workerData: { level: 'silent' } });
  try {
    return await new Promise((resolve) => {
      worker.once('error', (error) => resolve(String(error)));
      worker.once('exit', () => resolve('it ended by itself'));
      setTimeout(() => resolve(undefined), LOADED_MS);
    });
  } finally {
    await worker.terminate();
  }
}
