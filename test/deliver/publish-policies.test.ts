import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { askDestination } from '../../src/deliver/ask-destination.ts';
import type { Destination } from '../../src/deliver/destination.ts';
import { sftpDestinationSchema } from '../../src/deliver/schema.ts';
import { openSftpDestination } from '../../src/deliver/sftp-destination.ts';
import { draftOf, RUN } from '../contracts/destination-contract.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { startProxy } from '../doubles/proxy.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const ENDPOINT = { type: 'sftp', host: '127.0.0.1', username: 'ferry', password: 'env:P', path: '/x' };

/** As somebody would write it, with the defaults filled in. */
function settingsOf(path: string, how: object = {}) {
  return sftpDestinationSchema.parse({ ...ENDPOINT, host_key: `SHA256:${'A'.repeat(43)}`, path, ...how });
}

for (const profile of goodHosts().slice(0, 3))
  describe(`how files become visible: ${profile.title}`, () => {
    const newTempFolder = useTempFolders();
    let host: Host;
    let folder: string;
    let turn = 0;
    const opened: Destination[] = [];
    before(async () => {
      host = await profile.start();
    });
    after(() => host.stop());
    beforeEach(() => {
      turn += 1;
      folder = join(host.folder, `out-${turn}`);
      mkdirSync(folder);
    });
    afterEach(async () => {
      for (const destination of opened.splice(0)) await destination.close();
    });
    const open = async (how: object) => {
      const destination = await openSftpDestination(settingsOf(folder, how), host.access);
      opened.push(destination);
      return destination;
    };
    const draft = async (content: string) => draftOf(await newTempFolder(), 'students.csv', content);

    it('in place: nothing before, then the whole file under its name, over the older one', async () => {
      const destination = await open({ publish: 'in_place' });
      writeFileSync(join(folder, 'students.csv'), 'yesterday, and longer');
      const file = await draft('today');
      await destination.stage(file, RUN);
      expect(readdirSync(folder)).to.deep.equal(['students.csv']);
      expect(readFileSync(join(folder, 'students.csv'), 'utf8')).to.equal('yesterday, and longer');
      await destination.publish(file, RUN);
      await destination.unstage(file, RUN);
      expect(readdirSync(folder)).to.deep.equal(['students.csv']);
      expect(readFileSync(join(folder, 'students.csv'), 'utf8')).to.equal('today');
      expect(await destination.describe()).to.contain('written in place');
    });

    it('by way of a staging folder: the other folder never has a name but the final one', async () => {
      const destination = await open({ staging: '.uploading' });
      const file = await draft('today');
      expect((await faultOf(destination.stage(file, RUN))).code).to.equal('destination_missing');
      mkdirSync(join(folder, '.uploading'));
      await destination.stage(file, RUN);
      expect(readdirSync(folder)).to.deep.equal(['.uploading']);
      expect((await destination.lookStaged(file, RUN))?.sizeBytes).to.equal(5);
      await destination.publish(file, RUN);
      expect(readdirSync(folder)).to.have.members(['.uploading', 'students.csv']);
      expect(readdirSync(join(folder, '.uploading'))).to.deep.equal([]);
    });

    it('with a marker: the old one goes first, the new one comes last, and is made good after a break', async () => {
      for (const publish of ['rename', 'in_place']) {
        const destination = await open({ publish, done: '{name}.done' });
        const file = await draft('today');
        writeFileSync(join(folder, 'students.csv.done'), 'of yesterday');
        await destination.stage(file, RUN);
        await destination.publish(file, RUN);
        expect(readdirSync(folder)).to.have.members(['students.csv', 'students.csv.done']);
        expect(readFileSync(join(folder, 'students.csv.done'), 'utf8')).to.equal('');
        await destination.finish(file, RUN);
        expect(readdirSync(folder)).to.have.members(['students.csv', 'students.csv.done']);
      }
    });
  });

describe('how files become visible: hosts that cannot do what was agreed', () => {
  const newTempFolder = useTempFolders();
  let server: Ssh2Server;
  beforeEach(async () => {
    server = await startSsh2Server();
  });
  afterEach(() => server.stop());
  const draft = async (bytes: number) =>
    draftOf(await newTempFolder(), 'students.csv', Buffer.alloc(bytes, 'x'));

  it('posix_rename is refused at once where the host does not offer it, with words of what to do', async () => {
    const destination = await openSftpDestination(
      settingsOf(server.folder, { publish: 'posix_rename' }),
      server.access,
    );
    const file = await draft(1);
    for (const step of [() => destination.describe(), () => destination.publish(file, RUN)]) {
      const fault = await faultOf(step());
      expect(fault.code).to.equal('protocol_mismatch');
      expect(fault.hint).to.contain('publish: rename').and.contain('in_place');
    }
    await destination.close();
  });

  it('an importer that takes temporary files is told of, with the setting that helps', async () => {
    server.quirks.takesOnClose = '.part';
    const destination = await openSftpDestination(settingsOf(server.folder), server.access);
    const fault = await faultOf(destination.stage(await draft(10), RUN));
    expect(fault.code).to.equal('delivery_incomplete');
    expect(fault.hint).to.contain('destination.staging');
    await destination.close();
  });

  it('an importer that takes a file as soon as it lies there is fine', async () => {
    server.quirks.takesOnClose = '.csv';
    const destination = await openSftpDestination(
      settingsOf(server.folder, { publish: 'in_place' }),
      server.access,
    );
    await destination.publish(await draft(10), RUN);
    expect(readdirSync(server.folder)).to.deep.equal([]);
    await destination.close();
  });

  it('a file that is cut in place is known for what it is, and written whole by the next try', async () => {
    const file = await draft(3_000_000);
    const line = await startProxy(server.access.port);
    const settings = settingsOf(server.folder, { publish: 'in_place' });
    const broken = await openSftpDestination(settings, { ...server.access, port: line.port });
    line.cutAfter(1_000_000, 'rst');
    expect((await faultOf(broken.publish(file, RUN))).code).to.equal('connection_lost');
    await line.close();
    const again = await openSftpDestination(settings, server.access);
    const asked = { destination: again, run: RUN, before: { 'students.csv': null } };
    expect(await askDestination(file, asked)).to.equal('staged');
    await again.publish(file, RUN);
    expect(await askDestination(file, asked)).to.equal('published');
    await again.close();
  });

  it('says which settings do not go together', () => {
    expect(() => settingsOf('/x', { publish: 'in_place', staging: 'tmp' })).to.throw(/no temporary file/);
    for (const wrong of [
      { staging: '.' },
      { done: 'x' },
      { done: '{name}' },
      { done: 'a/{name}' },
      { publish: 'now' },
    ])
      expect(() => settingsOf('/x', wrong), JSON.stringify(wrong)).to.throw();
  });
});
