import { expect } from 'chai';
import { type Lane, openRunLanes } from '../../../src/cli/serving/run-lanes.ts';
import type { LoadedConnection } from '../../../src/config/load-connection.ts';
import type { Carried } from '../../../src/run/run-tools.ts';

const HUGE = 64 * 1024 * 1024;
// Lanes look at no connection.
const connection = {} as LoadedConnection;

describe('cli/serving/run-lanes', () => {
  let begun: string[];
  let ends: Map<string, () => void>;
  let threads: number;
  let stopping: AbortController;

  beforeEach(() => {
    begun = [];
    ends = new Map();
    threads = 0;
    stopping = new AbortController();
  });

  /** A run that goes on until the test ends it, and notes where it began. */
  function at(where: string, run: string): Promise<Carried> {
    begun.push(`${run} ${where}`);
    const { promise, resolve } = Promise.withResolvers<Carried>();
    ends.set(run, () => resolve({ path: run } as Carried));
    return promise;
  }

  function openThread(): Lane {
    const name = `thread ${++threads}`;
    return { carry: ({ run }) => at(name, run) };
  }

  function open(cores: number) {
    const lanes = openRunLanes({ cores, signal: stopping.signal, openThread });
    return (run: string, sizeBytes = 1) => lanes.carry({ run, connection, sizeBytes }, () => at('here', run));
  }

  async function end(run: string): Promise<void> {
    ends.get(run)?.();
    await new Promise(setImmediate);
  }

  it('carries as many small runs at a time as there are cores, the first of them here, in the order of asking', async () => {
    const carry = open(2);
    const all = ['a', 'b', 'c', 'd'].map((run) => carry(run));
    await new Promise(setImmediate);
    expect(begun).to.deep.equal(['a here', 'b thread 1']);
    await end('b');
    await end('a');
    expect(begun.slice(2)).to.deep.equal(['c thread 1', 'd here']);
    await end('c');
    await end('d');
    expect((await Promise.all(all)).map(({ path }) => path)).to.deep.equal(['a', 'b', 'c', 'd']);
  });

  it('lets no small run wait for huge ones, and no two huge ones run at a time', async () => {
    const carry = open(2);
    for (const run of ['huge 1', 'huge 2', 'huge 3']) void carry(run, HUGE);
    for (const run of ['a', 'b']) void carry(run);
    await new Promise(setImmediate);
    expect(begun).to.deep.equal(['huge 1 thread 2', 'a here', 'b thread 1']);
    await end('huge 1');
    expect(begun.at(-1)).to.equal('huge 2 thread 2');
  });

  it('needs no thread where there is one core, and carries a small run beside a huge one all the same', async () => {
    const carry = open(1);
    for (const run of ['a', 'b']) void carry(run);
    void carry('huge', HUGE);
    await new Promise(setImmediate);
    expect(begun).to.deep.equal(['a here', 'huge here']);
    expect(threads).to.equal(0);
  });

  it('goes on after a run that failed', async () => {
    const lanes = openRunLanes({ cores: 1, signal: stopping.signal, openThread });
    const asked = { run: 'a', connection, sizeBytes: 1 };
    const failed = await lanes
      .carry(asked, () => Promise.reject(new Error('no')))
      .catch((error) => error.message);
    expect(failed).to.equal('no');
    void lanes.carry({ ...asked, run: 'b' }, () => at('here', 'b'));
    await new Promise(setImmediate);
    expect(begun).to.deep.equal(['b here']);
  });

  it('tells who still waits when it is stopped, and lets what is at work come to its end', async () => {
    const carry = open(1);
    const first = carry('a');
    const second = carry('b').catch((error: Error) => error.message);
    await new Promise(setImmediate);
    stopping.abort(new Error('stopped by SIGTERM'));
    expect(await second).to.equal('stopped by SIGTERM');
    await end('a');
    expect((await first).path).to.equal('a');
    expect(begun).to.deep.equal(['a here']);
  });
});
