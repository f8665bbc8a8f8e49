import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { batchesFromWorker, openReadingThread } from '../../src/parse/batches-from-worker.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const tempFolder = useTempFolders();

async function moduleOf(code: string): Promise<URL> {
  const path = join(await tempFolder(), 'thread.mjs');
  await writeFile(path, code);
  return pathToFileURL(path);
}

describe('parse/batches-from-worker', () => {
  it('tells who reads its batches that a thread had ended before, and nobody else', async () => {
    const thread = openReadingThread(await moduleOf("throw new Error('no module');"));
    await setTimeout(300);
    const fault = await faultOf(batchesFromWorker(thread, []).next());
    expect(fault.code).to.equal('defect');
  });

  it('tells it also of a thread that ends without an answer', async () => {
    const thread = openReadingThread(await moduleOf('process.exit(0);'));
    thread.begin({});
    const fault = await faultOf(batchesFromWorker(thread, []).next());
    expect(fault.code).to.equal('defect');
  });

  it('asks for batches before it gives the task, so that none is made for somebody who is behind', async () => {
    const code = `import { parentPort } from 'node:worker_threads';
      let asked = 0;
      parentPort.on('message', (message) => {
        if (typeof message === 'number') asked += message;
        else parentPort.postMessage({ kind: 'batch', batch: { ...message, asked }, moved: [] });
      });`;
    const thread = openReadingThread(await moduleOf(code));
    thread.begin({ task: 'students' });
    const batches = batchesFromWorker<{ task: string; asked: number }>(thread, []);
    const { value } = await batches.next();
    await batches.return(undefined);
    expect(value?.task).to.equal('students');
    expect(value?.asked).to.be.greaterThan(0);
  });
});
