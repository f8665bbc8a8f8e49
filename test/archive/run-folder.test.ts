import { mkdir, readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import {
  createRunFolder,
  listOpenRuns,
  listStrayFolders,
  RunFolder,
  readRunState,
  setStateAside,
  writeRunState,
} from '../../src/archive/run-folder.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { makeArchive, nightOf, openSampleRun } from './sealed-archive.ts';

async function codeOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'nothing thrown',
    (thrown: unknown) => (thrown instanceof AppError ? thrown.code : String(thrown)),
  );
}

describe('archive/run-folder', () => {
  it('makes the folders of a run for its owner alone, whatever the umask', async () => {
    await using archive = await makeArchive();
    const before = process.umask(0);
    try {
      const folder = await createRunFolder(archive.path, nightOf(1), { dry: false });
      expect(folder.path).to.equal(join(archive.path, '.open', nightOf(1).id));
      expect(await readdir(folder.path)).to.have.members(['inbound', 'outbound', 'mapping', 'work']);
      for (const path of [folder.path, folder.inbound, folder.outbound, folder.mapping, folder.work])
        expect((await stat(path)).mode & 0o777).to.equal(0o700);
      await writeRunState(folder, {});
      expect((await stat(join(folder.path, 'state.json'))).mode & 0o777).to.equal(0o600);
    } finally {
      process.umask(before);
    }
  });

  it('keeps dry runs apart, and forgets their state with their work', async () => {
    await using archive = await makeArchive();
    const folder = await createRunFolder(archive.path, nightOf(1), { dry: true });
    await writeRunState(folder, { state: 'drafted' });
    expect(folder.path).to.equal(join(archive.path, '.dry', nightOf(1).id));
    expect(await listOpenRuns(archive.path)).to.deep.equal([]);
    await folder.removeWork();
    expect(await readdir(folder.path)).to.have.members(['inbound', 'outbound', 'mapping']);
  });

  it('gives a state back as it was written last', async () => {
    await using archive = await makeArchive();
    const folder = await createRunFolder(archive.path, nightOf(1), { dry: false });
    await writeRunState(folder, { state: 'claimed', files: ['a'] });
    await writeRunState(folder, { state: 'drafted', files: ['a', 'b'] });
    expect(await readRunState(folder)).to.deep.equal({ state: 'drafted', files: ['a', 'b'] });
    await setStateAside(folder);
    expect(await readdir(folder.path)).to.not.include('state.json');
    expect(await readRunState(folder)).to.deep.equal({ state: 'drafted', files: ['a', 'b'] });
  });

  it('never takes a state that it cannot read for none', async () => {
    await using archive = await makeArchive();
    const folder = await createRunFolder(archive.path, nightOf(1), { dry: false });
    expect(await codeOf(readRunState(folder))).to.equal('local_io');
    await writeFile(join(folder.path, 'state.json'), '{"state": "dra');
    expect(await codeOf(readRunState(folder))).to.equal('local_io');
  });

  it('lists open runs oldest first, of one connection or of all, and strays apart', async () => {
    await using archive = await makeArchive();
    expect(await listOpenRuns(archive.path)).to.deep.equal([]);
    for (const run of [nightOf(3), nightOf(2, 'riverside-east'), nightOf(1)])
      await openSampleRun(archive.path, run);
    await createRunFolder(archive.path, nightOf(4), { dry: false });
    await mkdir(join(archive.path, '.open', '.hidden'));
    const names = async (connection?: string) =>
      (await listOpenRuns(archive.path, connection)).map(({ run }) => run);
    expect(await names()).to.deep.equal([nightOf(1).id, nightOf(2, 'riverside-east').id, nightOf(3).id]);
    expect(await names('riverside')).to.deep.equal([nightOf(1).id, nightOf(3).id]);
    expect(await names('east')).to.deep.equal([]);
    expect((await listStrayFolders(archive.path)).map(({ run }) => run)).to.deep.equal([nightOf(4).id]);
  });

  it('discards a run without a trace', async () => {
    await using archive = await makeArchive();
    const folder = await openSampleRun(archive.path, nightOf(1));
    await setStateAside(folder);
    await folder.discard();
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
  });

  it('refuses a run that is there already, and names that lead elsewhere', async () => {
    await using archive = await makeArchive();
    await createRunFolder(archive.path, nightOf(1), { dry: false });
    expect(await codeOf(createRunFolder(archive.path, nightOf(1), { dry: false }))).to.equal(
      'already_exists',
    );
    for (const id of ['..', 'a/b', '.open', '', 'a\nb'])
      expect(() => new RunFolder(archive.path, id, { dry: false }), id)
        .to.throw(AppError)
        .with.property('code', 'unsafe_name');
  });
});
