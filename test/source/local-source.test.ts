import { execFileSync } from 'node:child_process';
import { chmodSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLocalSource } from '../../src/source/local-source.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('local source', () => {
  const newTempFolder = useTempFolders();
  const open = (path: string) =>
    openLocalSource({ type: 'local', path, ready: { quiet: '1s' }, after: 'remove' });

  it('says where it may not look or read', async function () {
    // Rights do not bind root.
    if (process.getuid?.() === 0) return this.skip();
    const folder = await newTempFolder();
    writeFileSync(join(folder, 'students.csv'), 'x');
    const [listed] = await open(folder).list();
    chmodSync(join(folder, 'students.csv'), 0);
    const to = join(await newTempFolder(), 'fetched');
    expect((await faultOf(open(folder).fetch(listed ?? expect.fail(), to))).code).to.equal(
      'source_unreadable',
    );
    chmodSync(folder, 0);
    const fault = await faultOf(open(folder).list());
    chmodSync(folder, 0o700);
    expect(fault.code).to.equal('source_unreadable');
  });

  it('does not wait at a pipe that took the place of the file', async function () {
    if (process.platform === 'win32') return this.skip();
    const folder = await newTempFolder();
    writeFileSync(join(folder, 'students.csv'), 'x');
    const [listed] = await open(folder).list();
    rmSync(join(folder, 'students.csv'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    expect(await open(folder).list()).to.deep.equal([]);
    renameSync(join(folder, 'pipe'), join(folder, 'students.csv'));
    const to = join(await newTempFolder(), 'fetched');
    expect((await faultOf(open(folder).fetch(listed ?? expect.fail(), to))).code).to.equal('source_changed');
  });
});
