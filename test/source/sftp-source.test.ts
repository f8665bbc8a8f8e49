import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openSftpSource } from '../../src/source/sftp-source.ts';
import type { Source } from '../../src/source/source.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { type FaultyLine, startProxy } from '../doubles/proxy.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { sftpSettings } from './stands.ts';

const TIMEOUT_MS = 1200;

describe('sftp source: faults', () => {
  const newTempFolder = useTempFolders();
  let server: Ssh2Server;
  let line: FaultyLine;
  let source: Source;
  beforeEach(async () => {
    server = await startSsh2Server({ timeoutMs: TIMEOUT_MS });
    line = await startProxy(server.access.port);
    source = await openSftpSource(sftpSettings(server.folder), { ...server.access, port: line.port });
  });
  afterEach(async () => {
    await source.close();
    await line.close();
    await server.stop();
  });
  const fetchOne = async (to: string) => {
    writeFileSync(join(server.folder, 'students.csv'), Buffer.alloc(6_000_000, 'x'));
    const [listed] = await source.list();
    if (!listed) return expect.fail('nothing is listed');
    return { listed, fetching: () => faultOf(source.fetch(listed, join(to, 'fetched'))) };
  };

  for (const how of ['rst', 'fin', 'silence'] as const)
    it(`ends a fetch that is cut by ${how}, and leaves nothing of it`, async () => {
      const to = await newTempFolder();
      const { fetching } = await fetchOne(to);
      const started = performance.now();
      if (how === 'silence') setTimeout(() => line.fallSilent(), 5);
      else line.cutAfter(1_500_000, how);
      expect((await fetching()).code).to.equal('connection_lost');
      expect(performance.now() - started).to.be.below(TIMEOUT_MS * 3);
      expect(readdirSync(to)).to.deep.equal([]);
    });

  it('sees that a size was a lie, either way', async () => {
    for (const lie of [5, -5]) {
      server.quirks.sizeLieBytes = lie;
      const to = await newTempFolder();
      const { fetching } = await fetchOne(to);
      expect((await fetching()).code).to.equal('source_changed');
      expect(readdirSync(to)).to.deep.equal([]);
    }
  });

  it('tells a folder that cannot be listed from one that is not there', async () => {
    server.quirks.refuse = ['OPENDIR'];
    expect((await faultOf(source.list())).code).to.equal('source_unreadable');
    server.quirks.refuse = [];
    server.quirks.refuseAll = true;
    expect((await faultOf(source.list())).code).to.equal('source_unreadable');
    expect((await faultOf(source.describe())).code).to.equal('source_unreadable');
  });

  it('leaves out every name that leads elsewhere', async () => {
    server.quirks.extraNames = [
      '..',
      '../../etc/passwd',
      '/etc/passwd',
      'a\u202ecsv',
      'not\ufffdtext.csv',
      'x'.repeat(300),
    ];
    writeFileSync(join(server.folder, 'students.csv'), 'x');
    expect((await source.list()).map((file) => file.name)).to.deep.equal(['students.csv']);
  });

  it('says that a file cannot be cleared, and tries again the next time', async () => {
    const { listed } = await fetchOne(await newTempFolder());
    server.quirks.refuse = ['REMOVE'];
    expect((await faultOf(source.clear(listed))).code).to.equal('source_not_cleared');
    server.quirks.refuse = [];
    expect(await source.clear(listed)).to.equal(true);
    expect(readdirSync(server.folder)).to.deep.equal([]);
  });
});

describe('sftp source: a host that minds idle sessions', () => {
  let server: Ssh2Server;
  before(async () => {
    server = await startSsh2Server();
    writeFileSync(join(server.folder, 'students.csv'), 'x');
  });
  after(() => server.stop());

  it('is logged into once more for the next step, and only for that', async () => {
    const source = await openSftpSource(sftpSettings(server.folder), server.access);
    try {
      expect(await source.list()).to.have.length(1);
      server.closeChannels();
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(await source.list()).to.have.length(1);
      expect(await source.list()).to.have.length(1);
      expect(server.connections()).to.equal(2);
    } finally {
      await source.close();
    }
  });

  it('ends the step where the host is gone for good', async () => {
    const line = await startProxy(server.access.port);
    const source = await openSftpSource(sftpSettings(server.folder), { ...server.access, port: line.port });
    line.cut('rst');
    await line.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await faultOf(source.list())).code).to.equal('host_unreachable');
    await source.close();
  });
});

describe('sftp source: a swap between the look and the opening', () => {
  const newTempFolder = useTempFolders();
  it('is seen by what was opened: a link that leads to a longer file', async () => {
    const server = await startSsh2Server();
    const source = await openSftpSource(sftpSettings(server.folder), server.access);
    try {
      const path = join(server.folder, 'students.csv');
      writeFileSync(path, 'x');
      const [listed] = await source.list();
      if (!listed) return expect.fail('nothing is listed');
      const secret = join(await newTempFolder(), 'secret');
      writeFileSync(secret, 'a longer secret');
      // Looks by name still see the file; what is opened is the link.
      server.quirks.opensInstead = { [path]: secret };
      const to = await newTempFolder();
      const fault = await faultOf(source.fetch(listed, join(to, 'fetched')));
      expect(fault.code).to.equal('source_changed');
      expect(fault.message).to.contain('15 bytes');
      expect(readdirSync(to)).to.deep.equal([]);
    } finally {
      await source.close();
      await server.stop();
    }
  });
});
