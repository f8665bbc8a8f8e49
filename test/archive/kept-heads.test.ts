import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { checkKeptHeads, headLine, listHeads, parseKeptHeads } from '../../src/archive/kept-heads.ts';
import { verifyArchive } from '../../src/archive/verify-archive.ts';
import { makeArchive, nightOf, sealSampleRun } from './sealed-archive.ts';

async function sealNights(archive: string, nights: number, text?: string): Promise<void> {
  for (let night = 1; night <= nights; night++)
    await sealSampleRun(archive, nightOf(night), text === undefined ? {} : { sealedAt: text });
}

async function kept(archive: string): Promise<string> {
  return (await listHeads(archive)).map((head) => `${headLine(head)}\n`).join('');
}

/** Makes the archive as if these nights had been its only ones: nothing within it tells. */
async function sealAnew(archive: string, nights: number): Promise<void> {
  await rm(join(archive, 'riverside'), { recursive: true });
  await sealNights(archive, nights, '2026-11-22T04:00:00-06:00');
}

describe('archive/kept-heads', () => {
  it('finds every head that was kept in an archive that only grew', async () => {
    await using archive = await makeArchive();
    await sealNights(archive.path, 1);
    let text = await kept(archive.path);
    await sealSampleRun(archive.path, nightOf(2));
    await sealSampleRun(archive.path, nightOf(1, 'east'));
    text += await kept(archive.path);
    const heads = parseKeptHeads(text, 'heads.txt');
    expect(heads.map(({ connection, count, run }) => [connection, count, run])).to.deep.equal([
      ['riverside', 1, nightOf(1).id],
      ['east', 1, nightOf(1, 'east').id],
      ['riverside', 2, nightOf(2).id],
    ]);
    expect(await checkKeptHeads(archive.path, heads)).to.deep.equal([]);
    const bare = heads.map(({ sha256 }) => ({ sha256 }));
    expect(await checkKeptHeads(archive.path, bare)).to.deep.equal([]);
  });

  it('names a tail that was cut off with the head set back, which the archive itself cannot show', async () => {
    await using archive = await makeArchive();
    await sealNights(archive.path, 2);
    const headFile = join(archive.path, 'riverside/head.json');
    const before = await readFile(headFile);
    await sealSampleRun(archive.path, nightOf(3));
    const heads = parseKeptHeads(await kept(archive.path), 'heads.txt');
    await rm(join(archive.path, 'riverside/2026/11', nightOf(3).id), { recursive: true });
    await writeFile(headFile, before);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
    expect(await checkKeptHeads(archive.path, heads)).to.deep.equal([
      { connection: 'riverside', run: nightOf(3).id, file: '', problem: 'cut_off' },
    ]);
  });

  it('names a whole rewrite, by the head and by its bare hash', async () => {
    await using archive = await makeArchive();
    await sealNights(archive.path, 3);
    const heads = parseKeptHeads(await kept(archive.path), 'heads.txt');
    await sealAnew(archive.path, 3);
    expect((await verifyArchive(archive.path)).problems).to.deep.equal([]);
    expect(await checkKeptHeads(archive.path, heads)).to.deep.equal([
      { connection: 'riverside', run: nightOf(3).id, file: '', problem: 'rewritten' },
    ]);
    const sha256 = heads[0]?.sha256 ?? '';
    expect(await checkKeptHeads(archive.path, [{ sha256 }], 'riverside')).to.deep.equal([
      { connection: 'riverside', run: '', file: sha256, problem: 'cut_off' },
    ]);
  });

  it('names a connection that is gone as a whole, and asks only for the connection that is meant', async () => {
    await using archive = await makeArchive();
    await sealNights(archive.path, 1);
    await sealSampleRun(archive.path, nightOf(1, 'east'));
    const heads = parseKeptHeads(JSON.stringify({ heads: await listHeads(archive.path) }), 'heads.json');
    await rm(join(archive.path, 'east'), { recursive: true });
    expect(await readdir(archive.path)).to.include('riverside');
    expect(await checkKeptHeads(archive.path, heads, 'riverside')).to.deep.equal([]);
    expect((await checkKeptHeads(archive.path, heads)).map(({ connection }) => connection)).to.deep.equal([
      'east',
    ]);
  });

  it('refuses what holds no head, so that a check never passes because it checked nothing', () => {
    expect(() => parseKeptHeads('\n', 'heads.txt')).to.throw('heads.txt holds no head');
    expect(() => parseKeptHeads('{"heads":[]}', 'heads.json')).to.throw('heads.json:1 is no head');
    expect(() => parseKeptHeads(`${'a'.repeat(64)}\nabc\n`, 'heads.txt')).to.throw('heads.txt:2 is no head');
  });
});
