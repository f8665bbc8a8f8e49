import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { clearHalfWritten } from '../../src/files/clear-half-written.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const ID = 'bbb384bf-6f4f-4d90-a449-2f6fb4fa1212';

describe('clearHalfWritten', () => {
  const makeFolder = useTempFolders();

  it('removes what writeWhole left, and nothing that only looks like it', async () => {
    const folder = await makeFolder();
    const kept = ['.env', '.notes.tmp', 'head.json', `head.json.${ID}.tmp`];
    for (const name of [...kept, `.head.json.${ID}.tmp`]) await writeFile(join(folder, name), '');
    await clearHalfWritten(folder);
    expect((await readdir(folder)).toSorted()).to.deep.equal(kept.toSorted());
  });

  it('leaves what another one is writing at this moment', async () => {
    const folder = await makeFolder();
    for (const name of ['north.drop.json', 'south.drop.json'])
      await writeFile(join(folder, `.${name}.${ID}.tmp`), '');
    await clearHalfWritten(folder, (name) => name.startsWith('north.'));
    expect(await readdir(folder)).to.deep.equal([`.south.drop.json.${ID}.tmp`]);
  });

  it('has nothing to do in a folder that is not there', async () => {
    await clearHalfWritten(join(await makeFolder(), 'nowhere'));
  });
});
