import { expect } from 'chai';
import { HOST_KEY_ALGORITHMS, isTrusted, readHostKey, withoutKeyType } from '../../src/sftp/host-key.ts';

const RAW = Buffer.from('AAAAC3NzaC1lZDI1NTE5AAAAIJFAodVVezOnIj5ZQzxpIOK0r+p2crHFSXmaK7ToTZWy', 'base64');
const PRINT = 'SHA256:UfezH9FhGNheEwz8asflR3vaMaZqVD+MkEslyCTjRk8';

describe('host keys', () => {
  it('are named as ssh-keygen -lf names them', () => {
    expect(readHostKey(RAW)).to.deep.equal({ type: 'ssh-ed25519', fingerprint: PRINT });
    expect(readHostKey(Buffer.alloc(0)).type).to.equal('');
    expect(readHostKey(Buffer.from('ffffffff41', 'hex')).type).to.equal('A');
  });

  it('are trusted by the whole fingerprint only', () => {
    const key = readHostKey(RAW);
    expect(isTrusted(key, [PRINT])).to.equal(true);
    expect(isTrusted(key, [`${PRINT}=`])).to.equal(true);
    for (const other of ['', 'SHA256:', PRINT.slice(0, -1), PRINT.toLowerCase(), `${PRINT}8`])
      expect(isTrusted(key, [other]), other).to.equal(false);
    expect(isTrusted(key, [])).to.equal(false);
  });

  it('leave out every algorithm of a kind that was shown', () => {
    expect(withoutKeyType(HOST_KEY_ALGORITHMS, 'ssh-rsa').join()).to.not.contain('rsa');
    expect(withoutKeyType(HOST_KEY_ALGORITHMS, 'ssh-ed25519')[0]).to.equal('ecdsa-sha2-nistp256');
  });

  it('never use SHA-1', () => {
    expect(HOST_KEY_ALGORITHMS).to.not.include('ssh-rsa');
  });
});
