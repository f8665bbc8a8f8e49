import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { newestFolders } from '../../src/archive/newest-folders.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('archive/newest-folders', () => {
  const newTempFolder = useTempFolders();

  it('answers the newest first, and lists no month that is not asked for', async () => {
    const archive = await newTempFolder();
    for (const run of ['2025/12/a', '2026/02/c', '2026/02/b', '2026/11/d', '2026/11/.half'])
      await mkdir(join(archive, 'north', run), { recursive: true });
    // A month that cannot be listed is no trouble to whoever asks for fewer runs than come before it.
    await writeFile(join(archive, 'north/2025/11'), '');
    const runs: string[] = [];
    for await (const { run } of newestFolders(archive, 'north')) runs.push(run);
    expect(runs).to.deep.equal(['d', 'c', 'b', 'a']);
  });

  it('has nothing of a connection that never ran', async () => {
    for await (const folder of newestFolders(await newTempFolder(), 'north')) expect.fail(folder.path);
  });
});
