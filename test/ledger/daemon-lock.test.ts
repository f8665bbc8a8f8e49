import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockDaemon } from '../../src/ledger/daemon-lock.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const tempFolder = useTempFolders();

describe('lockDaemon', () => {
  it('clears what a daemon that was killed left of its id, and nothing of anybody else', async () => {
    const archive = await tempFolder();
    const state = join(archive, '.state');
    await mkdir(state);
    const others = '.north.drop.json.0a1b2c3d-0000-4000-8000-000000000001.tmp';
    for (const name of ['..daemon.pid.0a1b2c3d-0000-4000-8000-000000000000.tmp', others])
      await writeFile(join(state, name), '4');
    using _lock = await lockDaemon(archive, 4711);
    expect(await readFile(join(state, '.daemon.pid'), 'utf8')).to.equal('4711\n');
    expect(await readdir(state)).to.have.members(['.daemon.lock', '.daemon.pid', others]);
  });
});
