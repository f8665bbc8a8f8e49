import { expect } from 'chai';
import { readAgeIdentities, readPgpKeys } from '../../src/encryption/read-keys.ts';
import { readAgeRecipients, readPgpRecipients } from '../../src/encryption/read-recipients.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { makeAgePair, makePgpPair } from '../builders/keys.ts';
import { faultOf } from '../doubles/fault-of.ts';

function thrownBy(work: () => unknown): AppError {
  try {
    work();
  } catch (fault) {
    if (fault instanceof AppError) return fault;
  }
  throw new Error('was taken');
}

describe('keys', () => {
  it('are refused where they are none, and never quoted', async () => {
    const { identity } = await makeAgePair();
    const broken = `${identity.slice(0, -1)}!`;
    for (const fault of [
      thrownBy(() => readAgeIdentities('# nothing\n')),
      thrownBy(() => readAgeIdentities(broken)),
      thrownBy(() => readAgeIdentities('-----BEGIN OPENSSH PRIVATE KEY-----')),
      thrownBy(() => readAgeRecipients([identity])),
      thrownBy(() => readAgeRecipients(['age1qqqq'])),
      await faultOf(readPgpKeys('no key')),
      await faultOf(readPgpKeys((await makePgpPair()).publicKey)),
      await faultOf(readPgpRecipients('no key')),
    ]) {
      expect(fault.code).to.equal('key_unusable');
      expect(`${fault.message} ${fault.hint}`).not.to.match(/AGE-SECRET-KEY-1\w/);
    }
  });

  it('are taken from a file with several', async () => {
    const [one, other] = [await makeAgePair(), await makeAgePair()];
    const text = `# created\r\n${one.identity}\r\n\r\n${other.identity}\r\n`;
    expect(readAgeIdentities(text)).to.deep.equal([one.identity, other.identity]);
  });

  it('of PGP may be locked, and open with their passphrase', async () => {
    const { privateKey } = await makePgpPair('sesame');
    expect((await readPgpKeys(privateKey, 'sesame'))[0]?.isDecrypted()).to.equal(true);
    expect((await faultOf(readPgpKeys(privateKey))).hint).to.match(/passphrase: env:NAME/);
  });
});
