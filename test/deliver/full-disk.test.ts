import { readdirSync } from 'node:fs';
import { expect } from 'chai';
import type { Destination } from '../../src/deliver/destination.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { draftOf, RUN } from '../contracts/destination-contract.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { findSshd, startSshd } from '../doubles/sshd.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { mountTinyDisk, type TinyDisk } from '../doubles/tiny-disk.ts';
import { PLACE } from './place.ts';

const MIB = 1 << 20;

describe('a destination whose disk is full', () => {
  const newTempFolder = useTempFolders();
  let disk: TinyDisk | undefined;
  before(function () {
    disk = mountTinyDisk();
    if (!disk) this.skip();
  });
  after(() => disk?.unmount());

  const refuses = async (folder: string, destination: Destination) => {
    // At the last byte, in the last block, and long before the end.
    for (const size of [MIB + 1, MIB + 40_000, 4 * MIB]) {
      const file = await draftOf(await newTempFolder(), 'students.csv', Buffer.alloc(size, 'x'));
      const fault = await faultOf(destination.stage(file, RUN));
      expect(fault.code, `${size} bytes`).to.equal('destination_full');
      expect(fault.transient).to.equal(true);
      expect(readdirSync(folder)).to.deep.equal([]);
    }
  };

  it('says so and leaves nothing behind: a local folder', async () => {
    const folder = disk?.folder ?? '';
    await refuses(folder, await openDestination({ type: 'local', path: folder }));
  });

  it('says so and leaves nothing behind: OpenSSH', async function () {
    const program = findSshd();
    if (!program) return this.skip();
    const sshd = await startSshd(program);
    const folder = disk?.folder ?? '';
    const destination = await openDestination({ ...PLACE, path: folder }, sshd.access);
    try {
      await refuses(folder, destination);
    } finally {
      await destination.close();
      await sshd.stop();
    }
  });
});
