import { readFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Write, writeSynced } from '../../src/files/write-synced.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const MIB = 1 << 20;

describe('what is brought to the disk while it is written', () => {
  const newTempFolder = useTempFolders();

  async function openFile() {
    const path = join(await newTempFolder(), 'file');
    return { path, file: await open(path, 'wx') };
  }

  /** Blocks that tell each other apart. */
  const feedOf = (blocks: number) => async (write: Write) => {
    for (let at = 0; at < blocks; at++) await write(Buffer.alloc(MIB, at));
  };

  it('is whole, in its order, and synced once more behind the last block', async () => {
    const { path, file } = await openFile();
    const sizes: number[] = [];
    const sync = file.sync.bind(file);
    file.sync = async () => {
      await sync();
      sizes.push((await file.stat()).size);
    };
    await writeSynced(file, feedOf(20));
    await file.close();
    const found = readFileSync(path);
    expect(found.length).to.equal(20 * MIB);
    for (let at = 0; at < 20; at++) expect(found[at * MIB]).to.equal(at);
    expect(sizes.length).to.be.greaterThan(1);
    expect(sizes.at(-1)).to.equal(20 * MIB);
  });

  it('is not taken for synced where one of the syncs on the way failed, though all later ones would do', async () => {
    const { file } = await openFile();
    let asked = 0;
    const sync = file.sync.bind(file);
    file.sync = async () => {
      asked += 1;
      if (asked === 1) throw new Error('EIO');
      await sync();
    };
    const said = await messageOf(writeSynced(file, feedOf(40), (cause) => new Error(`said: ${cause}`)));
    expect(said).to.equal('said: Error: EIO');
    expect(asked).to.equal(1);
    await file.close();
  });

  it('throws what the one who feeds throws, as it is, and with nothing at work any more', async () => {
    const { file } = await openFile();
    let atWork = 0;
    slowDown(file, (change) => {
      atWork += change;
    });
    const feed = async (write: Write) => {
      await feedOf(9)(write);
      expect(atWork).to.equal(1);
      throw new Error('the line broke');
    };
    const said = await messageOf(writeSynced(file, feed, () => new Error('the disk')));
    expect(said).to.equal('the line broke');
    expect(atWork).to.equal(0);
    await file.close();
  });
});

function slowDown(file: FileHandle, atWork: (change: 1 | -1) => void): void {
  const sync = file.sync.bind(file);
  file.sync = async () => {
    atWork(1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await sync();
    atWork(-1);
  };
}

function messageOf(work: Promise<void>): Promise<string> {
  return work.then(
    () => 'nothing was thrown',
    (thrown: Error) => thrown.message,
  );
}
