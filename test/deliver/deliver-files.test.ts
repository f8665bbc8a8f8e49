import { expect } from 'chai';
import { publishFiles, stageFiles } from '../../src/deliver/deliver-files.ts';
import type { Destination } from '../../src/deliver/destination.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { faultOf } from '../doubles/fault-of.ts';

const FILES = ['a.csv', 'b.csv', 'c.csv'].map((name) => ({
  name,
  path: `/draft/${name}`,
  sizeBytes: 1,
  sha256: '',
}));

/** Writes down what it is asked, and fails at the step that is named. */
function recorder(failsAt = '', code: 'connection_lost' | 'destination_full' = 'destination_full') {
  const steps: string[] = [];
  const step = (verb: string) => async (file: { name: string }) => {
    steps.push(`${verb} ${file.name}`);
    if (failsAt === `${verb} ${file.name}`) throw new AppError(code, `cannot ${verb}`);
    if (failsAt !== '' && verb === 'unstage') throw new AppError('delivery_failed', 'cannot unstage');
  };
  const destination: Destination = {
    publishes: 'by_rename',
    stage: step('stage'),
    publish: step('publish'),
    unstage: step('unstage'),
    finish: step('finish'),
    look: async () => undefined,
    lookStaged: async () => undefined,
    holds: async () => false,
    makeFolder: async () => undefined,
    abilities: () => [],
    describe: async () => '',
    expectWritable: async () => undefined,
    close: async () => undefined,
  };
  return { steps, destination };
}

/** As the corridor does it. */
async function deliverFiles(...[files, destination, run, options]: Parameters<typeof publishFiles>) {
  await stageFiles(files, destination, run);
  return await publishFiles(files, destination, run, options);
}

describe('stageFiles and publishFiles', () => {
  it('stages all before it publishes the first, and says when each became visible', async () => {
    const { steps, destination } = recorder();
    let now = 0;
    const clock = { now: () => ++now, monotonicMs: () => 0, sleep: async () => undefined };
    const delivered = await deliverFiles(FILES, destination, 'run', { clock });
    expect(steps.map((step) => step.split(' ')[0])).to.deep.equal([
      ...Array(3).fill('stage'),
      ...Array(3).fill('publish'),
    ]);
    expect(delivered).to.deep.equal([
      { name: 'a.csv', deliveredAtMs: 1 },
      { name: 'b.csv', deliveredAtMs: 2 },
      { name: 'c.csv', deliveredAtMs: 3 },
    ]);
  });

  it('takes everything back where one file cannot be staged, and tells that fault and no other', async () => {
    const { steps, destination } = recorder('stage b.csv');
    const fault = await faultOf(deliverFiles(FILES, destination, 'run'));
    expect(fault.message).to.equal('cannot stage');
    expect(steps).to.deep.equal([
      'stage a.csv',
      'stage b.csv',
      'unstage a.csv',
      'unstage b.csv',
      'unstage c.csv',
    ]);
  });

  it('says what is visible where one file cannot be published, and leaves the rest staged', async () => {
    const { steps, destination } = recorder('publish b.csv', 'connection_lost');
    const fault = await faultOf(deliverFiles(FILES, destination, 'run'));
    expect(fault.code).to.equal('connection_lost');
    expect(fault.message).to.contain('visible already: a.csv');
    expect(fault.context).to.deep.include({ delivered: ['a.csv'], not_delivered: ['b.csv', 'c.csv'] });
    expect(steps.some((step) => step.startsWith('unstage'))).to.equal(false);
  });

  it('delivers nothing where there is nothing', async () => {
    const { steps, destination } = recorder();
    expect(await deliverFiles([], destination, 'run')).to.deep.equal([]);
    expect(steps).to.deep.equal([]);
  });
});
