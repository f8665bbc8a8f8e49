import { appendFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Destination } from '../../src/deliver/destination.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { rebuildLedger } from '../../src/ledger/rebuild-ledger.ts';
import { listSealedMemory } from '../../src/run/list-sealed-memory.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { faultOf } from '../doubles/fault-of.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const student = (id: number, last: string) => `${id},${last},Ann,5/1/2015,F,A,10,5\n`;
const FIRST = HEADER + student(1, 'Lee') + student(2, 'Diaz') + student(3, 'Moss');
const SECOND = HEADER + student(1, 'Lee') + student(2, 'Dias') + student(3, 'Moss') + student(4, 'New');

const LIMITLESS = 'max_rejected: 100%, max_created: 100%, max_updated: 100%, max_removed: 100%';

const STRICT = 'max_rejected: 100%, max_created: 0%, max_updated: 0%';

/** What the ledger was told by the way that this is about, and by the ordinary one. */
interface Told {
  begun: number;
  ahead: string[];
  applied: string[];
}

describe('a ledger that is told what a run taught while its files are delivered', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({
      connection: CONNECTION.replace('max_rejected: 100%', LIMITLESS),
    });
    await project.drop({ 'students.csv': FIRST });
    await project.carry();
    await project.drop({ 'students.csv': SECOND });
  });
  afterEach(() => project.remove());

  /**
   * The second night.
   * @param during what happens when the files are to be published
   * @param heard when the ledger hears what it is told
   */
  async function carry(
    during: (ledger: Ledger, runFolder: string) => Promise<void> = async () => undefined,
    some: Partial<RunTools> = {},
    heard: Promise<void> = Promise.resolve(),
  ): Promise<Told> {
    const told: Told = { begun: 0, ahead: [], applied: [] };
    await project.withTools(async (_connection, { ledger: open, archivePath }) => {
      const ledger = await open();
      await project.run(
        {},
        {
          tellAheadBytes: 0,
          ledger: async () => watched(ledger, told, heard),
          async openDestination({ settings }) {
            const destination = await openDestination(settings.destination, undefined);
            const publish: Destination['publish'] = async (file, run) => {
              await during(ledger, join(archivePath, '.open', run));
              await destination.publish(file, run);
            };
            return { ...destination, publish };
          },
          ...some,
        },
      );
    });
    return told;
  }

  /** The ledger is what the archive tells. */
  async function expectRemembered(runs = 2): Promise<string[]> {
    return project.withTools(async (_connection, tools) => {
      const ledger = await tools.ledger();
      expect((await ledger.generation('north')).runs).to.equal(runs);
      const path = join(project.folder, 'rebuilt.sqlite');
      await rebuildLedger({ type: 'sqlite', path }, listSealedMemory(tools.archivePath));
      await using rebuilt = await openLedger({ type: 'sqlite', path });
      const dump = await Array.fromAsync(ledger.dump());
      expect(await Array.fromAsync(rebuilt.dump())).to.deep.equal(dump);
      return dump;
    });
  }

  it('remembers it with the seal, and is what the archive tells', async () => {
    expect(await carry()).to.deep.include({ ahead: ['sealed'], applied: [] });
    expect((await expectRemembered()).join('\n'))
      .to.include('Dias')
      .and.to.include('New');
  });

  it('knows nothing of it while the files become visible', async () => {
    let runs = 0;
    await carry(async (ledger) => {
      runs = (await ledger.generation('north')).runs;
    });
    expect(runs).to.equal(1);
  });

  it('is not told ahead where there is less to tell than was said, or nothing was said', async () => {
    const told = await carry(undefined, { tellAheadBytes: 100_000 });
    expect(told.ahead).to.deep.equal([]);
    expect(told.applied).to.have.length(1);
    await expectRemembered();
  });

  it('lets somebody decide meanwhile, and then applies the sealed run', async () => {
    const told = await carry((ledger) =>
      ledger.decide('north', {
        ...{ file: 'students', id: '3', field: '', choice: 'leave_out', value: '', about: '', shown: [] },
        ...{ by: 'rita', at: '2026-11-22T04:00:00-06:00', reason: '' },
      }),
    );
    expect(told.ahead).to.deep.equal(['lost']);
    expect(told.applied).to.have.length(1);
    await expectRemembered();
  });

  it('is told again where what is sealed is not what it was told', async () => {
    const told = await carry(async (_ledger, runFolder) => {
      const path = join(runFolder, 'memory.ndjson');
      const text = await project.read(path);
      // As long as it was, so that the seal takes it.
      await writeFile(path, text.replace('Dias', 'Doas'));
    });
    expect(told.ahead).to.deep.equal([]);
    expect(told.applied).to.have.length(1);
    expect((await expectRemembered()).join('\n'))
      .to.include('Doas')
      .and.not.to.include('Dias');
  });

  it('forgets it where the delivery fails, and remembers the run that failed', async () => {
    const told = await carry(undefined, {
      async openDestination({ settings }) {
        const destination = await openDestination(settings.destination, undefined);
        return {
          ...destination,
          stage: async () => Promise.reject(new AppError('destination_full', 'full')),
        };
      },
    });
    expect(told.ahead).to.deep.equal([]);
    expect(told.applied).to.have.length(1);
    expect((await expectRemembered()).join('\n')).not.to.include('Dias');
  });

  it('forgets it where the run stays open, and remembers it when the next one finishes it', async () => {
    const fault = new AppError('delivery_failed', 'broken');
    const broken = carry(() => Promise.reject(fault));
    expect(await faultOf(broken)).to.deep.include({ code: 'delivery_failed' });
    await project.withTools(async (_connection, tools) => {
      const ledger = await tools.ledger();
      expect((await ledger.generation('north')).runs).to.equal(1);
      // Nobody is kept from the ledger.
      await ledger.service.noteLooked('north', 1);
    });
    await project.run();
    expect(await readdir(join(project.folder, 'archive/.open'))).to.deep.equal([]);
    expect((await expectRemembered()).join('\n')).to.include('Dias');
  });

  it('is told nothing of a memory that cannot be read, and the fault is said when the run is applied', async () => {
    const broken = carry(async (_ledger, runFolder) =>
      appendFile(join(runFolder, 'memory.ndjson'), 'x'.repeat(10)),
    );
    // What stands behind the drafts is cut off before the seal.
    expect(await broken).to.deep.include({ ahead: ['sealed'] });
    await expectRemembered();
  });

  it('is told no more than the drafts teach, however late it hears of it', async () => {
    const { promise: published, resolve: publish } = Promise.withResolvers<void>();
    const told = await carry(
      async (_ledger, runFolder) => {
        await appendFile(join(runFolder, 'memory.ndjson'), 'x'.repeat(10));
        publish();
      },
      {},
      published,
    );
    expect(told).to.deep.include({ ahead: ['sealed'], applied: [] });
    await expectRemembered();
  });

  it('forgets it where the drop is not let out, and whoever decides then finds the ledger free', async () => {
    const config = join(project.folder, 'rosterferry.yaml');
    await writeFile(config, (await readFile(config, 'utf8')).replace(LIMITLESS, STRICT));
    const told = await carry();
    expect(told).to.deep.equal({ begun: 1, ahead: [], applied: [] });
    expect(await readdir(join(project.folder, 'archive/.open'))).to.have.length(1);
    await project.withTools(async (_connection, tools) => {
      const ledger = await tools.ledger();
      expect((await ledger.generation('north')).runs).to.equal(1);
      await ledger.service.noteLooked('north', 1);
    });
  });
});

function watched(ledger: Ledger, told: Told, heard: Promise<void>): Ledger {
  const { ahead, apply } = ledger;
  return {
    ...ledger,
    async apply(run, entries) {
      told.applied.push(run.id);
      return apply(run, entries);
    },
    async ahead(run) {
      const begun = await ahead?.(run);
      if (!begun) return undefined;
      told.begun++;
      const seal: typeof begun.seal = async (sealed) => {
        const isSealed = await begun.seal(sealed);
        told.ahead.push(isSealed ? 'sealed' : 'lost');
        return isSealed;
      };
      const tell: typeof begun.tell = async (entries) => {
        await heard;
        return begun.tell(entries);
      };
      return { ...begun, tell, seal };
    },
  };
}
