import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect } from 'chai';
import { findLastSealed } from '../../src/archive/chain.ts';
import { readTree } from '../../src/archive/read-entries.ts';

import { sealRun } from '../../src/archive/seal-run.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { makeArchive, nightOf, openSampleRun, sealSampleRun } from './sealed-archive.ts';

const run = promisify(execFile);
const SEALED_AT = '2026-11-22T03:30:05-06:00';

async function readJson(...path: string[]) {
  return JSON.parse(await readFile(join(...path), 'utf8'));
}

async function sha256Of(...path: string[]): Promise<string> {
  return createHash('sha256')
    .update(await readFile(join(...path)))
    .digest('hex');
}

describe('archive/seal-run', () => {
  it('puts the folder where people look for it, without what only the work needed', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(22));
    expect(path).to.equal(join(archive.path, 'riverside', '2026', '11', nightOf(22).id));
    expect((await readTree(path)).files).to.deep.equal([
      'SHA256SUMS',
      'exceptions.csv',
      'inbound/Kontakte März 2026 (1).csv',
      'inbound/students.csv',
      'manifest.json',
      'mapping/students.yaml',
      'outbound/students_out.csv',
      'report.json',
    ]);
    expect(await readdir(join(archive.path, '.open'))).to.deep.equal([]);
  });

  it('passes sha256sum -c', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(22));
    const { stdout } = await run('sha256sum', ['--strict', '-c', 'SHA256SUMS'], { cwd: path });
    expect(stdout.trim().split('\n')).to.have.length(7);
    expect(stdout).to.include('manifest.json: OK').and.not.include('SHA256SUMS');
  });

  it('lists every file with its size and hash, sorted', async () => {
    await using archive = await makeArchive();
    const path = await sealSampleRun(archive.path, nightOf(22));
    const manifest = await readJson(path, 'manifest.json');
    expect(Object.keys(manifest)).to.deep.equal(['run', 'connection', 'sealed_at', 'files', 'previous']);
    expect(manifest).to.include({
      run: nightOf(22).id,
      connection: 'riverside',
      sealed_at: SEALED_AT,
      previous: null,
    });
    const paths = manifest.files.map((file: { path: string }) => file.path);
    expect(paths).to.deep.equal(paths.toSorted()).and.to.have.length(6);
    for (const file of manifest.files) {
      expect(file.sha256).to.equal(await sha256Of(path, file.path));
      expect(file.bytes).to.equal((await stat(join(path, file.path))).size);
    }
  });

  it('leaves the folder readable by its owner alone, whatever the umask', async () => {
    await using archive = await makeArchive();
    const before = process.umask(0);
    try {
      const path = await sealSampleRun(archive.path, nightOf(22));
      const { files, folders } = await readTree(archive.path);
      for (const file of files)
        expect((await stat(join(archive.path, file))).mode & 0o777, file).to.equal(0o600);
      for (const folder of folders)
        expect((await stat(join(archive.path, folder))).mode & 0o777, folder).to.equal(0o700);
      expect(path).to.be.a('string');
    } finally {
      process.umask(before);
    }
  });

  it('chains each run to the one before, and connections apart', async () => {
    await using archive = await makeArchive();
    const paths: string[] = [];
    for (const night of [1, 2, 3]) paths.push(await sealSampleRun(archive.path, nightOf(night)));
    const east = await sealSampleRun(archive.path, nightOf(4, 'east'));
    const [first = '', second = '', third = ''] = paths;
    expect((await readJson(second, 'manifest.json')).previous).to.deep.equal({
      run: nightOf(1).id,
      sha256: await sha256Of(first, 'manifest.json'),
    });
    expect((await readJson(third, 'manifest.json')).previous.run).to.equal(nightOf(2).id);
    expect((await readJson(east, 'manifest.json')).previous).to.equal(null);
    expect(await readJson(archive.path, 'riverside', 'head.json')).to.deep.equal({
      run: nightOf(3).id,
      sha256: await sha256Of(third, 'manifest.json'),
      count: 3,
    });
  });

  it('chains by the order of sealing, not by name or business date', async () => {
    await using archive = await makeArchive();
    await sealSampleRun(archive.path, nightOf(20));
    const earlier = { ...nightOf(10), businessDate: '2025-03-01' };
    await sealSampleRun(archive.path, earlier);
    await sealSampleRun(archive.path, nightOf(21));
    await rm(join(archive.path, 'riverside', 'head.json'));
    const last = await sealSampleRun(archive.path, { ...nightOf(5), businessDate: '2026-01-31' });
    expect((await readJson(last, 'manifest.json')).previous.run).to.equal(nightOf(21).id);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
  });

  it('does not believe a head that names another run than the last', async () => {
    await using archive = await makeArchive();
    for (const night of [1, 2, 3]) await sealSampleRun(archive.path, nightOf(night));
    const head = join(archive.path, 'riverside', 'head.json');
    for (const spoiled of ['', '{"run": "x"}', 'not json']) {
      await writeFile(head, spoiled);
      expect((await findLastSealed(archive.path, 'riverside'))?.run).to.equal(nightOf(3).id);
    }
  });

  it('keeps a run that was taken away as the predecessor, so that it stays missing', async () => {
    await using archive = await makeArchive();
    await sealSampleRun(archive.path, nightOf(1));
    const newest = await sealSampleRun(archive.path, nightOf(2));
    await rm(newest, { recursive: true });
    const third = await sealSampleRun(archive.path, nightOf(3));
    expect((await readJson(third, 'manifest.json')).previous.run).to.equal(nightOf(2).id);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([
      { connection: 'riverside', run: nightOf(2).id, file: '', problem: 'missing' },
    ]);
  });

  it('sweeps what a crash left while a file was written, and makes the folders that are promised', async () => {
    await using archive = await makeArchive();
    const folder = await openSampleRun(archive.path, nightOf(1));
    await writeFile(join(folder.path, '.report.json.0b7c.tmp'), 'half');
    await writeFile(join(folder.mapping, '.students.yaml.0b7c.tmp'), 'half');
    await rm(folder.outbound, { recursive: true });
    await sealRun(folder, nightOf(1), { sealedAt: SEALED_AT });
    expect(await readdir(folder.path))
      .to.include('outbound')
      .and.not.include('.report.json.0b7c.tmp');
    expect(await readdir(folder.mapping)).not.to.include('.students.yaml.0b7c.tmp');
  });

  it('refuses what no archive would hold, and a place that is taken', async () => {
    await using archive = await makeArchive();
    const linked = await openSampleRun(archive.path, nightOf(1));
    await symlink('/etc/passwd', join(linked.inbound, 'link.csv'));
    const link = await sealRun(linked, nightOf(1), { sealedAt: SEALED_AT }).catch(String);
    expect(link).to.include('neither a file nor a folder');

    const twice = await openSampleRun(archive.path, nightOf(2));
    await mkdir(join(archive.path, 'riverside', '2026', '11', nightOf(2).id), { recursive: true });
    const taken = await sealRun(twice, nightOf(2), { sealedAt: SEALED_AT }).catch(String);
    expect(taken).to.include('both open and sealed');
  });
});
