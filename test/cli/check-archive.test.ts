import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { whyNoArchive } from '../../src/cli/check-archive.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('whyNoArchive', () => {
  const newTempFolder = useTempFolders();

  it('is content with a folder, and with one that is not made yet', async () => {
    const folder = await newTempFolder();
    for (const path of [folder, join(folder, 'archive'), join(folder, 'a/b/c')])
      expect(await whyNoArchive(path, 'rosterferry.yaml')).to.equal(undefined);
  });

  it('says what stands in the way, and where to mend it', async () => {
    const folder = await newTempFolder();
    await writeFile(join(folder, 'file'), '');
    for (const path of [join(folder, 'file'), join(folder, 'file/archive')]) {
      const fault = await whyNoArchive(path, 'rosterferry.yaml');
      expect(fault?.code, path).to.equal('local_io');
      expect(fault?.place).to.deep.equal({ file: 'rosterferry.yaml' });
    }
  });

  it('tries whether it may be written', async function () {
    if (process.getuid?.() === 0) return this.skip();
    const closed = join(await newTempFolder(), 'closed');
    await mkdir(closed);
    await chmod(closed, 0o555);
    expect((await whyNoArchive(join(closed, 'archive'), 'rosterferry.yaml'))?.message).to.match(/EACCES/);
  });
});
