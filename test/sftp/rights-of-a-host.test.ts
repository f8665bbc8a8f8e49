/** What a real host tells about the rights of an account that is not the administrator. */
import { execFileSync } from 'node:child_process';
import { chmodSync, chownSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { openSource } from '../../src/source/open-source.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { findSshd, type Sshd, startSshd } from '../doubles/sshd.ts';
import { sftpSettings } from '../source/stands.ts';

const OTHER = 'nobody';

describe('rights at a real host', () => {
  let sshd: Sshd;
  let uid: number;
  before(async function () {
    const program = findSshd();
    if (!program || process.getuid?.() !== 0) return this.skip();
    uid = Number(execFileSync('id', ['-u', OTHER], { encoding: 'utf8' }));
    sshd = await startSshd(program);
    chmodSync(dirname(sshd.folder), 0o755);
    chmodSync(join(dirname(sshd.folder), 'authorized_keys'), 0o644);
    chmodSync(sshd.folder, 0o755);
  });
  after(() => sshd?.stop());

  const folderOf = (name: string, mode: number, owner: number) => {
    const path = join(sshd.folder, name);
    mkdirSync(path);
    chownSync(path, owner, owner);
    chmodSync(path, mode);
    return path;
  };
  const access = () => ({ ...sshd.access, username: OTHER });

  const rights = async (path: string) => {
    const destination = await openDestination({ ...sftpSettings(path), publish: 'rename' }, access());
    try {
      return await destination.expectWritable();
    } finally {
      await destination.close();
    }
  };

  it('knows the folder of its own account', async () => {
    expect(await rights(folderOf('own', 0o755, uid))).to.equal(undefined);
    expect(readdirSync(join(sshd.folder, 'own'))).to.deep.equal([]);
    const fault = await faultOf(rights(folderOf('own-closed', 0o555, uid)));
    expect(fault.code).to.equal('destination_denied');
    expect(fault.message).to.match(/mode 0555, its owner is nobody/);
  });

  it('does not know what it may do in the folder of another', async () => {
    expect(await rights(folderOf('other', 0o755, 0))).to.match(
      /cannot be told: mode 0755, its owner is root/,
    );
    expect(await rights(folderOf('unseen', 0o711, 0))).to.match(/cannot be told: mode 0711$/);
    expect((await faultOf(rights(folderOf('other-closed', 0o555, 0)))).code).to.equal('destination_denied');
  });

  it('opens each file of the source to know that it may be read, and says that none can be cleared', async () => {
    const path = folderOf('drops', 0o555, uid);
    writeFileSync(join(path, 'open.csv'), 'x');
    writeFileSync(join(path, 'closed.csv'), 'x');
    chmodSync(join(path, 'open.csv'), 0o644);
    chmodSync(join(path, 'closed.csv'), 0o600);
    const source = await openSource(sftpSettings(path), access());
    try {
      const listed = new Map((await source.list()).map((file) => [file.name, file]));
      const [open, closed] = ['open.csv', 'closed.csv'].map((name) => listed.get(name));
      if (!open || !closed) return expect.fail('not listed');
      await source.expectReadable(open);
      expect((await faultOf(source.expectReadable(closed))).code).to.equal('source_unreadable');
      expect((await faultOf(source.expectClearable())).code).to.equal('source_not_cleared');
    } finally {
      await source.close();
    }
  });
});
