import { chmodSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLocalDestination } from '../../src/deliver/local-destination.ts';
import { draftOf, RUN } from '../contracts/destination-contract.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('local destination', () => {
  const newTempFolder = useTempFolders();

  it('says where it may not write', async function () {
    // Rights do not bind root.
    if (process.getuid?.() === 0) return this.skip();
    const folder = await newTempFolder();
    const destination = openLocalDestination({ type: 'local', path: folder });
    const file = await draftOf(await newTempFolder(), 'students.csv', 'x');
    chmodSync(folder, 0o500);
    const fault = await faultOf(destination.stage(file, RUN));
    chmodSync(folder, 0o700);
    expect(fault.code).to.equal('destination_denied');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('delivers through a folder that is a link, with files that only we may read', async () => {
    const [folder, elsewhere] = [await newTempFolder(), await newTempFolder()];
    symlinkSync(folder, join(elsewhere, 'link'));
    const destination = openLocalDestination({ type: 'local', path: join(elsewhere, 'link') });
    const file = await draftOf(elsewhere, 'students.csv', 'x');
    await destination.stage(file, RUN);
    await destination.publish(file, RUN);
    expect(statSync(join(folder, 'students.csv')).mode & 0o777).to.equal(0o600);
  });

  it('shows nothing that reads otherwise once it is on the disk', async () => {
    const folder = await newTempFolder();
    const destination = openLocalDestination({ type: 'local', path: folder });
    const file = await draftOf(await newTempFolder(), 'students.csv', 'today');
    await using draft = await open(file.path);
    const handles = Object.getPrototypeOf(draft);
    const { sync } = handles;
    handles.sync = async function (this: FileHandle) {
      await sync.call(this);
      for (const name of readdirSync(folder)) writeFileSync(join(folder, name), 'todax');
    };
    const fault = await faultOf(destination.stage(file, RUN)).finally(() => {
      handles.sync = sync;
    });
    expect(fault.code).to.equal('delivery_incomplete');
    expect(readdirSync(folder)).to.deep.equal([]);
  });

  it('does not take a file for its folder', async () => {
    const path = join(await newTempFolder(), 'file');
    writeFileSync(path, '');
    const destination = openLocalDestination({ type: 'local', path });
    const gone = await faultOf(destination.describe());
    expect(gone.code).to.equal('destination_missing');
    expect(gone.message).to.match(/file is no folder$/);
  });
});
