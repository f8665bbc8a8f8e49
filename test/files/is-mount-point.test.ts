import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { isMountPoint } from '../../src/files/is-mount-point.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { mountTinyDisk } from '../doubles/tiny-disk.ts';

describe('files/is-mount-point', () => {
  const newTempFolder = useTempFolders();

  it('is none in the middle of a disk', async () => {
    expect(await isMountPoint(await newTempFolder())).to.equal(false);
  });

  it('is one where a disk begins, through a link too', async function () {
    const disk = mountTinyDisk();
    if (!disk) return this.skip();
    const link = join(await newTempFolder(), 'link');
    symlinkSync(disk.folder, link);
    try {
      expect([await isMountPoint(disk.folder), await isMountPoint(link)]).to.deep.equal([true, true]);
    } finally {
      disk.unmount();
    }
  });
});
