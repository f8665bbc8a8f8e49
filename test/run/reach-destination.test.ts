import { mkdir } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect } from 'chai';
import type { LoadedConnection } from '../../src/config/load-connection.ts';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { reachDestination } from '../../src/run/reach-destination.ts';
import type { SftpAccess } from '../../src/sftp/schema.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { type Ssh2Server, startSsh2Server } from '../doubles/ssh2-server.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';
import { mountTinyDisk } from '../doubles/tiny-disk.ts';

describe('reachDestination', () => {
  const newTempFolder = useTempFolders();

  const reachLocal = (path: string) => {
    const destination = { type: 'local' as const, path };
    return reachDestination({ settings: { destination } } as LoadedConnection, {
      openDestination: () => openDestination(destination),
    });
  };
  const reachSftp = (access: SftpAccess, path: string) => {
    const destination = {
      type: 'sftp',
      path,
      host: '',
      port: 0,
      username: '',
      timeout: '1s',
      publish: 'rename',
    } as const;
    return reachDestination({ settings: { destination } } as LoadedConnection, {
      openDestination: () => openDestination(destination, access),
    });
  };

  it('is content with a folder, and leaves nothing in it', async () => {
    const folder = await newTempFolder();
    await reachLocal(folder);
    expect((await faultOf(reachLocal(join(folder, 'none')))).code).to.equal('destination_missing');
  });

  it('says that a folder of this machine cannot be written', async function () {
    const disk = mountTinyDisk();
    if (!disk) return this.skip();
    try {
      disk.makeReadOnly();
      const fault = await faultOf(reachLocal(disk.folder));
      expect(fault.code).to.equal('destination_denied');
      expect(fault.message).to.match(/EROFS/);
    } finally {
      disk.unmount();
    }
  });

  describe('at a host', () => {
    let server: Ssh2Server;
    beforeEach(async () => {
      server = await startSsh2Server();
    });
    afterEach(() => server.stop());

    it('logs in once, looks at the folder and goes', async () => {
      await mkdir(join(server.folder, 'incoming'));
      await reachSftp(server.access, join(server.folder, 'incoming'));
      expect(server.connections()).to.equal(1);
      const fault = await faultOf(reachSftp(server.access, join(server.folder, 'none')));
      expect(fault.code).to.equal('destination_missing');
      expect(fault.transient).to.equal(false);
    });

    it('tries a wrong password once', async () => {
      const fault = await faultOf(reachSftp({ ...server.access, password: 'wrong' }, server.folder));
      expect(fault.code).to.equal('login_refused');
      expect(server.logins.filter((method) => method === 'password')).to.have.length(1);
      expect(server.connections()).to.equal(1);
    });

    it('tells a port at which nothing listens, which may pass', async () => {
      const closed = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => closed.once('listening', resolve));
      const address = closed.address();
      const port = typeof address === 'object' && address ? address.port : 0;
      await new Promise((resolve) => closed.close(resolve));
      const fault = await faultOf(reachSftp({ ...server.access, port }, server.folder));
      expect(fault.code).to.equal('host_unreachable');
      expect(fault.transient).to.equal(true);
    });
  });
});
