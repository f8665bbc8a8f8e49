import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { decryptFile } from '../../src/encryption/decrypt-file.ts';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import { readAgeIdentities, readPgpKeys } from '../../src/encryption/read-keys.ts';
import { readAgeRecipients, readPgpRecipients } from '../../src/encryption/read-recipients.ts';
import { makeAgePair, makeRsaPair } from '../builders/keys.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { type Gpg, hasProgram, openGpg, runAge } from '../doubles/stock-programs.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const TEXT = Array.from({ length: 3000 }, (_, row) => `${row},Zoë,${(row * 7919) % 10007}\r\n`).join('');
/** Of gpg, for each way in which an office may have set it up. */
const WAYS = [[], ['--armor'], ['--sign'], ['-z', '0'], ['--compress-algo', 'bzip2'], ['--throw-keyids']];

async function readBack(path: string, keys: Parameters<typeof decryptFile>[2]): Promise<string> {
  const out = `${path}.out`;
  await decryptFile(path, out, keys);
  return readFile(out, 'utf8');
}

describe('the stock programs', () => {
  const tempFolder = useTempFolders();
  let folder: string;
  let plain: string;
  beforeEach(async () => {
    folder = await tempFolder();
    plain = join(folder, 'students.csv');
    await writeFile(plain, TEXT);
  });

  describe('gpg', function () {
    this.timeout(60_000);
    let gpg: Gpg | undefined;
    before(function () {
      // Nothing to hold against where the machine has no gpg.
      if (!hasProgram('gpg')) return this.skip();
      gpg = openGpg();
    });
    after(() => gpg?.close());

    async function expectBothWays(
      of: Gpg,
      who: string,
      privateKey: string,
      passphrase: string,
    ): Promise<void> {
      const pass = ['--passphrase', passphrase];
      const keys = {
        pgp: await readPgpKeys(privateKey, passphrase === '' ? undefined : passphrase),
        age: [],
      };
      for (const [at, way] of WAYS.entries()) {
        const path = join(folder, `${at}.pgp`);
        of.run(...pass, ...way, '-r', who, '-u', who, '-o', path, '--encrypt', plain);
        expect(await readBack(path, keys), way.join(' ')).to.equal(TEXT);
      }
      const ours = join(folder, 'ours.pgp');
      await encryptFile(plain, ours, await readPgpRecipients(of.run('--armor', '--export', who).toString()));
      expect(of.run(...pass, '--decrypt', ours).toString()).to.equal(TEXT);
      const bare = join(folder, 'bare.pgp');
      of.run('--rfc2440', '--disable-mdc', '-r', who, '-o', bare, '--encrypt', plain);
      expect((await faultOf(readBack(bare, keys))).code).to.equal('encrypted_unprotected');
    }

    it('reads what is written for its own keys, and writes what is read', async () => {
      if (!gpg) throw new Error('no gpg');
      const who = 'curve@district.example';
      // gpg takes seconds to lock a key, as it should.
      const passphrase = process.env.NIGHTLY ? 'open sesame' : '';
      gpg.run('--passphrase', passphrase, '--quick-gen-key', who, 'future-default', 'default', 'never');
      const privateKey = gpg
        .run('--passphrase', passphrase, '--armor', '--export-secret-keys', who)
        .toString();
      await expectBothWays(gpg, who, privateKey, passphrase);
      if (passphrase === '') return;
      expect((await faultOf(readPgpKeys(privateKey))).message).to.match(/locked with a passphrase/);
      expect((await faultOf(readPgpKeys(privateKey, 'wrong'))).code).to.equal('key_unusable');
    });

    it('reads what is written for an RSA key, and writes what is read', async () => {
      if (!gpg) throw new Error('no gpg');
      const { privateKey } = await makeRsaPair();
      const file = join(folder, 'key.asc');
      await writeFile(file, privateKey, { mode: 0o600 });
      gpg.run('--import', file);
      await expectBothWays(gpg, 'rsa@district.example', privateKey, '');
    });
  });

  describe('age', () => {
    before(function () {
      if (!hasProgram('age')) return this.skip();
    });

    it('reads what is written for it and writes what is read, armoured or not', async () => {
      const { identity, recipient } = await makeAgePair();
      const keys = { pgp: [], age: readAgeIdentities(identity) };
      for (const way of [[], ['--armor']]) {
        const path = join(folder, `theirs${way.length}.age`);
        runAge(...way, '-r', recipient, '-o', path, plain);
        expect(await readBack(path, keys), way.join(' ')).to.equal(TEXT);
      }
      const ours = join(folder, 'ours.age');
      await encryptFile(plain, ours, readAgeRecipients([(await makeAgePair()).recipient, recipient]));
      const file = join(folder, 'key.txt');
      await writeFile(file, `${identity}\n`, { mode: 0o600 });
      expect(runAge('--decrypt', '-i', file, ours).toString()).to.equal(TEXT);
    });
  });
});
