import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { hashFile } from '../../src/files/hash-file.ts';
import { claimNamed } from '../../src/run/claim-drop.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { installDisk } from '../simulator/disk.ts';
import { openDice } from '../year/dice.ts';

const TEXT = 'id\n1\n'.repeat(500_000);

describe('claiming files that a person named', () => {
  const newTempFolder = useTempFolders();
  let folder: string;
  let inbound: string;
  let path: string;
  beforeEach(async () => {
    folder = await newTempFolder();
    inbound = join(folder, 'run');
    path = join(folder, 'students.csv');
    await mkdir(inbound);
    writeFileSync(path, TEXT, { mode: 0o644 });
  });

  it('says of each what its copy is, which nobody else may read, and leaves it where it is', async () => {
    const [claimed, ...others] = await claimNamed(new Map([['students', path]]), inbound);
    const copy = join(inbound, 'students.csv');
    expect(others).to.deep.equal([]);
    expect(claimed).to.deep.equal({
      name: 'students',
      file: 'students.csv',
      isNamed: true,
      ...(await hashFile(copy)),
    });
    expect(readFileSync(copy, 'utf8')).to.equal(TEXT);
    expect(statSync(copy).mode & 0o777).to.equal(0o600);
    expect(readFileSync(path, 'utf8')).to.equal(TEXT);
  });

  it('has them whole after a power cut', async () => {
    const disk = installDisk();
    try {
      for (let seed = 1; seed <= 5; seed += 1) {
        const at = join(inbound, String(seed));
        await mkdir(at);
        disk.start(undefined, openDice(seed));
        await claimNamed(new Map([['students', path]]), at);
        disk.stop(true);
        expect(statSync(join(at, 'students.csv')).size).to.equal(TEXT.length);
      }
    } finally {
      disk.uninstall();
    }
  });

  it('takes no folder, nothing that is not there, and no two files of one name', async () => {
    const codeOf = async (...paths: string[]) =>
      (await faultOf(claimNamed(new Map(paths.map((one, at) => [`f${at}`, one])), inbound))).code;
    expect(await codeOf(inbound)).to.equal('input_missing');
    expect(await codeOf(join(folder, 'none.csv'))).to.equal('input_missing');
    await mkdir(join(folder, 'other'));
    writeFileSync(join(folder, 'other/students.csv'), 'id\n');
    expect(await codeOf(path, join(folder, 'other/students.csv'))).to.equal('local_io');
    expect(readFileSync(join(inbound, 'students.csv'), 'utf8')).to.equal(TEXT);
  });
});
