import { Worker } from 'node:worker_threads';
import { expect } from 'chai';
import { listenTo } from '../../src/threads/listen-to.ts';
import { type ThreadFault, unpackFault } from '../../src/threads/thread-fault.ts';

describe('what a thread answers', () => {
  /** All of it, to its end. */
  function heardOf(code: string): Promise<(string | ThreadFault)[]> {
    const heard: (string | ThreadFault)[] = [];
    return new Promise((resolve) => {
      const worker = new Worker(code, { eval: true });
      listenTo<string>(worker, (answer) => heard.push(answer));
      worker.on('exit', () => resolve(heard));
    });
  }
  const ENDED: ThreadFault = { kind: 'defect', message: 'the thread ended early' };
  const SAY = "const { parentPort } = require('node:worker_threads'); parentPort.postMessage('one');";

  it('is heard in its order, and its end behind it', async () => {
    expect(await heardOf(`${SAY} parentPort.postMessage('two');`)).to.deep.equal(['one', 'two', ENDED]);
  });

  it('is its fault where it breaks, without the text that a person may have typed', async () => {
    const heard = await heardOf(`${SAY} throw new TypeError("O'Brien");`);
    expect(heard.map((one) => (typeof one === 'string' ? one : one.kind))).to.deep.equal(['one', 'defect']);
    expect(JSON.stringify(heard)).not.to.contain('Brien');
  });

  it('is our error where it is one of ours', () => {
    const { code, message } = unpackFault(ENDED, 'Hashing');
    expect({ code, message }).to.deep.equal({
      code: 'defect',
      message: 'Hashing failed: the thread ended early',
    });
  });
});
