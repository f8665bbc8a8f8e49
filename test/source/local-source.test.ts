import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { link, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLocalSource } from '../../src/source/local-source.ts';
import type { SourceNotice } from '../../src/source/source.ts';
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

describe('local source: what is no plain file', () => {
  const newTempFolder = useTempFolders();

  it('leaves out a pipe and a folder that look like files, and waits for neither', async () => {
    const folder = await newTempFolder();
    execFileSync('mkfifo', [join(folder, 'students.csv')]);
    mkdirSync(join(folder, 'contacts.csv'));
    const told: string[] = [];
    const settings = {
      type: 'local' as const,
      path: folder,
      ready: { quiet: '1s' },
      after: 'remove' as const,
    };
    const source = openLocalSource(settings, ({ kind, name }) => void told.push(`${kind} ${name}`));
    expect(await source.list()).to.deep.equal([]);
    expect(told).to.deep.equal(['no_plain_file students.csv']);
    const listed = { name: 'students.csv', sizeBytes: 0, modifiedMs: 0 };
    expect((await faultOf(source.fetch(listed, join(await newTempFolder(), 'x')))).code).to.equal(
      'source_changed',
    );
  });

  it('takes a hard link, and tells that somebody else has it too', async () => {
    const [folder, elsewhere] = [await newTempFolder(), await newTempFolder()];
    await writeFile(join(elsewhere, 'original'), 'id\n1\n');
    await link(join(elsewhere, 'original'), join(folder, 'students.csv'));
    const told: SourceNotice[] = [];
    const settings = {
      type: 'local' as const,
      path: folder,
      ready: { quiet: '1s' },
      after: 'remove' as const,
    };
    const source = openLocalSource(settings, (notice) => void told.push(notice));
    expect(await source.list()).to.have.length(1);
    expect(told).to.have.length(1);
    expect(told[0]).to.include({ kind: 'hard_link', name: 'students.csv' });
    expect(told[0]?.message).to.contain('2 names');
  });
});
