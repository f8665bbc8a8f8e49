/** What every destination must do, whatever it is: run against folders, a real sshd and servers with bad manners. */
import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { expect } from 'chai';
import type { Destination, OutboundFile } from '../../src/deliver/destination.ts';
import { temporaryName } from '../../src/deliver/destination.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

/** One kind of destination over folders that the test can reach too. */
export interface DestinationStand {
  /** An empty folder. */
  newFolder(): Promise<string>;
  open(folder: string): Promise<Destination>;
  stop(): Promise<void>;
}

export const RUN = '20261122T093000Z-riverside-4f2a91';

/** A draft of these bytes, counted and hashed. */
export async function draftOf(folder: string, name: string, content: Buffer | string): Promise<OutboundFile> {
  const path = join(folder, `draft-${name}`);
  await writeFile(path, content);
  const sha256 = createHash('sha256').update(content).digest('hex');
  return { name, path, sizeBytes: Buffer.byteLength(content), sha256 };
}

interface Bench {
  destination(): Destination;
  folder(): string;
  draft(name: string, content: Buffer | string): Promise<OutboundFile>;
}

export function destinationContract(title: string, start: () => Promise<DestinationStand>): void {
  describe(`destination contract: ${title}`, () => {
    const newTempFolder = useTempFolders();
    let stand: DestinationStand;
    let folder: string;
    let destination: Destination;
    before(async () => {
      stand = await start();
    });
    after(() => stand.stop());
    beforeEach(async () => {
      folder = await stand.newFolder();
      destination = await stand.open(folder);
    });
    afterEach(() => destination.close());
    const bench: Bench = {
      destination: () => destination,
      folder: () => folder,
      draft: async (name, content) => draftOf(await newTempFolder(), name, content),
    };
    delivering(bench);
    refusing(bench);
    asking(bench);
  });
}

function delivering({ destination, folder, draft }: Bench): void {
  for (const size of [0, 7, 1_500_000])
    it(`stages ${size} bytes unseen and publishes them whole`, async () => {
      const content = randomBytes(size);
      const file = await draft('students.csv', content);
      await destination().stage(file, RUN);
      expect(readdirSync(folder())).to.deep.equal([temporaryName(file, RUN)]);
      await destination().publish(file, RUN);
      expect(readdirSync(folder())).to.deep.equal(['students.csv']);
      expect(readFileSync(join(folder(), 'students.csv')).equals(content)).to.equal(true);
    });

  it('replaces what an earlier delivery and an earlier try left', async () => {
    const [older, file] = [await draft('students.csv', 'yesterday'), await draft('students.csv', 'today')];
    await writeFile(join(folder(), 'students.csv'), 'yesterday');
    await writeFile(join(folder(), temporaryName(file, RUN)), 'half of a try that was longer');
    await destination().stage(older, RUN);
    await destination().stage(file, RUN);
    expect(readFileSync(join(folder(), 'students.csv'), 'utf8')).to.equal('yesterday');
    await destination().publish(file, RUN);
    expect(readdirSync(folder())).to.deep.equal(['students.csv']);
    expect(readFileSync(join(folder(), 'students.csv'), 'utf8')).to.equal('today');
  });

  it('writes through no link that lies in its way', async () => {
    const file = await draft('students.csv', 'today');
    const victim = await draft('victim', 'untouched');
    for (const name of ['students.csv', temporaryName(file, RUN)])
      await symlink(victim.path, join(folder(), name));
    await destination().stage(file, RUN);
    await destination()
      .publish(file, RUN)
      .catch(() => undefined);
    expect(readFileSync(victim.path, 'utf8')).to.equal('untouched');
  });

  it('takes back what was staged, twice if need be', async () => {
    const file = await draft('students.csv', 'x');
    await destination().stage(file, RUN);
    await destination().unstage(file, RUN);
    await destination().unstage(file, RUN);
    expect(readdirSync(folder())).to.deep.equal([]);
  });
}

function refusing({ destination, folder, draft }: Bench): void {
  it('delivers nothing of a draft that is not what was counted', async () => {
    const file = await draft('students.csv', 'today');
    for (const wrong of [
      { ...file, sizeBytes: 6 },
      { ...file, sha256: '0'.repeat(64) },
      { ...file, path: '/no/draft' },
    ]) {
      expect((await faultOf(destination().stage(wrong, RUN))).code).to.equal('local_io');
      expect(readdirSync(folder())).to.deep.equal([]);
    }
  });

  it('never makes the folder', async () => {
    const file = await draft('students.csv', 'x');
    await rm(folder(), { recursive: true });
    expect((await faultOf(destination().stage(file, RUN))).code).to.equal('destination_missing');
    expect((await faultOf(destination().describe())).code).to.equal('destination_missing');
    expect((await faultOf(destination().look({ name: 'students.csv' }))).code).to.equal(
      'destination_missing',
    );
  });

  it('does not publish over a folder, nor what was never staged', async () => {
    const file = await draft('students.csv', 'x');
    expect((await faultOf(destination().publish(file, RUN))).code).to.match(
      /^(destination_missing|delivery_failed)$/,
    );
    await mkdir(join(folder(), 'students.csv'));
    await destination().stage(file, RUN);
    expect((await faultOf(destination().publish(file, RUN))).code).to.equal('delivery_failed');
    expect(readdirSync(folder())).to.have.members(['students.csv', temporaryName(file, RUN)]);
  });

  it('refuses names that lead elsewhere', async () => {
    const file = { ...(await draft('x', 'x')), name: `../${basename(folder())}-outside.csv` };
    expect((await faultOf(destination().stage(file, RUN))).code).to.equal('unsafe_name');
    expect((await faultOf(destination().look({ name: '../x' }))).code).to.equal('unsafe_name');
  });
}

function asking({ destination, folder, draft }: Bench): void {
  it('knows this very file from another one of its size', async () => {
    const file = await draft('students.csv', 'today');
    expect(await destination().holds(file)).to.equal(false);
    for (const [content, isHeld] of [
      ['today', true],
      ['to-day', false],
      ['other', false],
    ] as const) {
      await writeFile(join(folder(), 'students.csv'), content);
      expect(await destination().holds(file), content).to.equal(isHeld);
    }
  });

  it('finishes what a broken rename left, twice if need be', async () => {
    const file = await draft('students.csv', 'today');
    await destination().stage(file, RUN);
    await writeFile(join(folder(), 'students.csv'), 'today');
    await destination().finish(file, RUN);
    await destination().finish(file, RUN);
    expect(readdirSync(folder())).to.deep.equal(['students.csv']);
  });

  it('says beforehand whether it may be written, and writes nothing', async () => {
    const doubt = await destination().expectWritable();
    // A host may not tell enough to be sure; a folder of this machine does.
    expect(doubt ?? 'cannot be told').to.contain('cannot be told');
    expect(readdirSync(folder())).to.deep.equal([]);
    await rm(folder(), { recursive: true });
    expect((await faultOf(destination().expectWritable())).code).to.equal('destination_missing');
  });

  it('tells what is there', async () => {
    const file = await draft('students.csv', 'seven b');
    const sizes = async () => [
      (await destination().lookStaged(file, RUN))?.sizeBytes,
      (await destination().look(file))?.sizeBytes,
    ];
    expect(await sizes()).to.deep.equal([undefined, undefined]);
    await destination().stage(file, RUN);
    expect(await sizes()).to.deep.equal([7, undefined]);
    await destination().publish(file, RUN);
    expect(await sizes()).to.deep.equal([undefined, 7]);
    expect(await destination().describe()).to.contain(folder());
  });
}
