import { readFileSync, statSync } from 'node:fs';
import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { copySynced } from '../../src/files/copy-synced.ts';
import { errnoOf } from '../../src/files/disk-error.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { type FailingDisk, failDisk } from '../doubles/failing-disk.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('a copy that is on the disk', () => {
  const newTempFolder = useTempFolders();
  let disk: FailingDisk | undefined;
  afterEach(() => {
    disk?.mend();
    disk = undefined;
  });

  /** A draft with this mode, and where its copy goes. */
  async function draft(mode = 0o600) {
    const folder = await newTempFolder();
    const from = join(folder, 'draft.csv');
    await writeFile(from, 'id,name\n1,Moss\n');
    await chmod(from, mode);
    return { folder, from, to: join(folder, 'copy.csv') };
  }

  /** What was thrown, in our words or in those of the system. */
  const codeOf = (copying: Promise<unknown>) =>
    copying.then(
      () => 'none',
      (thrown: unknown) => (thrown instanceof AppError ? thrown.code : errnoOf(thrown)),
    );

  for (const mode of [0o600, 0o644])
    it(`is the same file, and only its owner reads it, from a mode of ${mode.toString(8)}`, async () => {
      const { from, to } = await draft(mode);
      expect(await copySynced(from, to)).to.deep.equal(await hashFile(from));
      expect(readFileSync(to, 'utf8')).to.equal('id,name\n1,Moss\n');
      expect(statSync(to).mode & 0o777).to.equal(0o600);
    });

  it('never takes the place of another file', async () => {
    const { from, to } = await draft();
    await writeFile(to, 'other');
    expect(await codeOf(copySynced(from, to))).to.equal('EEXIST');
    expect(readFileSync(to, 'utf8')).to.equal('other');
  });

  it('tells a draft that cannot be read from a place that cannot be written', async () => {
    const { from, to } = await draft();
    disk = failDisk('read', /draft\.csv$/);
    expect(await codeOf(copySynced(from, to))).to.equal('local_io');
    disk.mend();
    disk = failDisk('write', /copy\.csv$/);
    expect(await codeOf(copySynced(from, to))).to.equal('EIO');
  });

  it('is not taken for one where the sync failed', async () => {
    const { from, to } = await draft();
    disk = failDisk('sync', /copy\.csv$/);
    expect(await codeOf(copySynced(from, to))).to.equal('EIO');
  });

  it('says that there is nothing to copy, and leaves nothing', async () => {
    const { folder, from, to } = await draft();
    expect(await codeOf(copySynced(`${from}.gone`, to))).to.equal('local_io');
    expect(await readdir(folder)).to.deep.equal(['draft.csv']);
  });
});
