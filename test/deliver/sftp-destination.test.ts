import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Destination, temporaryName } from '../../src/deliver/destination.ts';
import { openSftpDestination } from '../../src/deliver/sftp-destination.ts';
import { draftOf, RUN } from '../contracts/destination-contract.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { goodHosts, type Host } from '../doubles/hosts.ts';
import { type FaultyLine, startProxy } from '../doubles/proxy.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { PLACE } from './place.ts';

const TIMEOUT_MS = 1000;

for (const profile of goodHosts().slice(0, 2))
  describe(`sftp destination, a line that breaks: ${profile.title}`, () => {
    const newTempFolder = useTempFolders();
    let host: Host;
    let line: FaultyLine;
    before(async () => {
      host = await profile.start();
    });
    after(() => host.stop());
    beforeEach(async () => {
      line = await startProxy(host.access.port);
    });
    afterEach(() => line.close());
    const open = (port: number) =>
      openSftpDestination({ ...PLACE, path: host.folder }, { ...host.access, port, timeoutMs: TIMEOUT_MS });

    for (const how of ['rst', 'fin', 'silence'] as const)
      it(`ends a delivery that is cut by ${how}: nothing has its name, and a second try delivers`, async () => {
        const content = Buffer.alloc(5_000_000, how);
        const file = await draftOf(await newTempFolder(), `students-${how}.csv`, content);
        const broken = await open(line.port);
        const started = performance.now();
        if (how === 'silence') setTimeout(() => line.fallSilent(), 5);
        else line.cutAfter(1_500_000, how);
        expect((await faultOf(broken.stage(file, RUN))).code).to.equal('connection_lost');
        expect((await faultOf(broken.unstage(file, RUN))).code).to.equal('connection_lost');
        await broken.close();
        expect(performance.now() - started).to.be.below(TIMEOUT_MS * 3);
        expect(readdirSync(host.folder)).to.not.include(file.name);
        const again = await open(host.access.port);
        await again.stage(file, RUN);
        await again.publish(file, RUN);
        await again.close();
        expect(readFileSync(join(host.folder, file.name)).equals(content)).to.equal(true);
        expect(readdirSync(host.folder)).to.not.include(temporaryName(file, RUN));
      });
  });

describe('sftp destination: servers with bad manners', () => {
  const newTempFolder = useTempFolders();
  let server: Ssh2Server;
  let destination: Destination;
  beforeEach(async () => {
    server = await startSsh2Server();
    destination = await openSftpDestination({ ...PLACE, path: server.folder }, server.access);
  });
  afterEach(async () => {
    await destination.close();
    await server.stop();
  });
  const draft = async (bytes: number) =>
    draftOf(await newTempFolder(), 'students.csv', Buffer.alloc(bytes, 'x'));
  const left = () => readdirSync(server.folder);

  it('notices acknowledged bytes that were thrown away', async () => {
    server.quirks.dropAfterBytes = 300_000;
    expect((await faultOf(destination.stage(await draft(900_000), RUN))).code).to.equal(
      'delivery_incomplete',
    );
    expect(left()).to.deep.equal([]);
  });

  it('notices that an upload without loss is told to have another size', async () => {
    server.quirks.sizeLieBytes = 1;
    expect((await faultOf(destination.stage(await draft(1000), RUN))).code).to.equal('delivery_incomplete');
    expect(left()).to.deep.equal([]);
  });

  it('says what may be wrong where the host has one word for every fault', async () => {
    server.quirks.fullAfterBytes = 300_000;
    const fault = await faultOf(destination.stage(await draft(900_000), RUN));
    expect(fault.code).to.equal('delivery_failed');
    expect(fault.message).to.contain('full disk');
    expect(left()).to.deep.equal([]);
  });

  it('keeps the older file where the host refuses to rename', async () => {
    const file = await draft(1000);
    await destination.stage(file, RUN);
    server.quirks.refuse = ['RENAME'];
    expect((await faultOf(destination.publish(file, RUN))).code).to.equal('delivery_failed');
    expect(left()).to.deep.equal([temporaryName(file, RUN)]);
    server.quirks.refuse = ['RENAME', 'REMOVE'];
    writeFileSync(join(server.folder, 'students.csv'), 'yesterday');
    expect((await faultOf(destination.publish(file, RUN))).code).to.equal('delivery_failed');
    expect(readFileSync(join(server.folder, 'students.csv'), 'utf8')).to.equal('yesterday');
  });

  it('never takes a refusal for "not there"', async () => {
    server.quirks.refuseAll = true;
    expect((await faultOf(destination.look({ name: 'students.csv' }))).code).to.equal('delivery_failed');
    expect((await faultOf(destination.unstage(await draft(1), RUN))).code).to.equal('delivery_failed');
  });
});
