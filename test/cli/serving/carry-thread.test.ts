import { appendFile, cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openTools } from '../../../src/cli/open-tools.ts';
import { openCarryThread } from '../../../src/cli/serving/carry-thread.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { openLogger } from '../../../src/log/logger.ts';
import { runConnection } from '../../../src/run/run-connection.ts';
import type { Lanes } from '../../../src/run/run-tools.ts';
import { systemClock } from '../../../src/time/clock.ts';
import { faultOf } from '../../doubles/fault-of.ts';
import { rosterferry } from '../rosterferry.ts';

describe('cli/serving/carry-thread', () => {
  let folder = '';
  let closing: AsyncDisposableStack;
  beforeEach(async () => {
    closing = new AsyncDisposableStack();
    folder = await mkdtemp(join(tmpdir(), 'rosterferry-carry-'));
    await rosterferry(['init', '.'], { cwd: folder });
  });
  afterEach(async () => {
    await closing.disposeAsync();
    await rm(folder, { recursive: true });
  });

  /** The run of the sample drop through a thread; answers what ran here nevertheless. */
  async function runByThread(meanwhile = async () => {}) {
    const configPath = join(folder, 'rosterferry.yaml');
    const config = await loadConfig(configPath);
    const connection = config.connections.get('demo');
    if (!connection) throw new Error('the sample has no connection');
    const stopping = new AbortController();
    const { signal } = stopping;
    const context = { configPath, signal, pathOf: (path: string) => path };
    const thread = openCarryThread({ context, level: 'error' });
    let here = 0;
    const lanes: Lanes = {
      async carry(asked, carryHere) {
        await meanwhile();
        return thread.carry(asked, () => {
          here += 1;
          return carryHere();
        });
      },
    };
    const logger = openLogger('silent');
    const outside = { clock: systemClock, logger, signal, closing, env: process.env };
    const tools = { ...openTools(outside, config), lanes };
    const students = join(folder, 'inbound/demo/students.csv');
    const named = new Map([['students', students]]);
    const answer = await runConnection({ connection, trigger: 'watch', dryRun: false, named }, tools);
    return { answer, here };
  }

  it('carries a run as it would be carried here, and tells where it lies now', async () => {
    const { answer, here } = await runByThread();
    expect(here).to.equal(0);
    if (answer.kind !== 'ran') throw new Error(answer.kind);
    expect(answer.report.run.outcome).to.equal('delivered');
    expect(answer.folder).to.include(join('archive', 'demo'));
    expect(await readdir(answer.folder)).to.include('SHA256SUMS');
    expect(await readdir(join(folder, 'outbound/demo'))).to.have.length(2);
    expect((await rosterferry(['verify'], { cwd: folder })).exit).to.equal(0);
  });

  it('leaves a run alone whose mapping was changed since the service took it over, or is wrong by now', async () => {
    const mapping = join(folder, 'mappings/demo/students.yaml');
    const before = join(folder, 'before');
    await cp(mapping, before);
    for (const [text, runs] of [
      ['\n# another line\n', 1],
      ['\nbroken', 2],
    ] as const) {
      await cp(before, mapping);
      const { answer, here } = await runByThread(() => appendFile(mapping, text));
      expect(answer.kind).to.equal('ran');
      expect(here).to.equal(1);
      expect(
        (await readdir(join(folder, 'archive/demo'), { recursive: true })).filter((name) =>
          name.endsWith('report.json'),
        ),
      ).to.have.length(runs);
    }
  });

  it('hands on why a run could not be carried', async () => {
    const fault = await faultOf(
      runByThread(async () => {
        const [run = ''] = await readdir(join(folder, 'archive/.open'));
        await writeFile(join(folder, 'archive/.open', run, 'state.json'), '{');
        await writeFile(join(folder, 'archive/.open', `${run}.json`), '{');
      }),
    );
    expect(fault.code).to.not.equal('already_running');
    expect(fault.code).to.equal('local_io');
    expect(fault.message).to.include('state.json');
    expect(fault.hint).to.not.equal('');
  });
});
