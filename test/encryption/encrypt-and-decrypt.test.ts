import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { createMessage, encrypt } from 'openpgp';
import { decryptFile } from '../../src/encryption/decrypt-file.ts';
import { encryptFile } from '../../src/encryption/encrypt-file.ts';
import { type DecryptionKeys, readAgeIdentities, readPgpKeys } from '../../src/encryption/read-keys.ts';
import {
  type Recipients,
  readAgeRecipients,
  readPgpRecipients,
} from '../../src/encryption/read-recipients.ts';
import type { EncryptionScheme } from '../../src/encryption/recognise.ts';
import { hashFile } from '../../src/files/hash-file.ts';
import { makeAgePair, makePgpPair } from '../builders/keys.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const CANARY = 'ZZCANARY';
const TEXT = Array.from({ length: 9000 }, (_, row) => `${row},José,${CANARY}${row}\r\n`).join('');

describe('encryptFile and decryptFile', () => {
  const tempFolder = useTempFolders();
  let keys: DecryptionKeys;
  let strangers: DecryptionKeys;
  const recipients: Partial<Record<EncryptionScheme, Recipients>> = {};
  let folder: string;
  let plain: string;

  before(async () => {
    const [age, pgp, otherAge, otherPgp] = [
      await makeAgePair(),
      await makePgpPair(),
      await makeAgePair(),
      await makePgpPair(),
    ];
    keys = {
      pgp: await readPgpKeys(pgp.privateKey),
      age: readAgeIdentities(`# made today\n${age.identity}\n`),
    };
    strangers = { pgp: await readPgpKeys(otherPgp.privateKey), age: [otherAge.identity] };
    recipients.age = readAgeRecipients([otherAge.recipient, age.recipient]);
    recipients.pgp = await readPgpRecipients(pgp.publicKey);
  });
  beforeEach(async () => {
    folder = await tempFolder();
    plain = join(folder, 'students.csv');
    await writeFile(plain, TEXT);
  });

  async function locked(scheme: EncryptionScheme): Promise<string> {
    const path = join(folder, `students.csv.${scheme}`);
    const by = recipients[scheme];
    if (!by) throw new Error('no recipients');
    const digest = await encryptFile(plain, path, by);
    expect(digest).to.deep.equal(await hashFile(path));
    return path;
  }

  /** Nothing but what was there before: no plain file, and no temporary one. */
  async function refused(path: string, withKeys = keys, limits?: { sizeBytes: number }) {
    const before = await readdir(folder);
    const fault = await faultOf(
      decryptFile(path, join(folder, 'out.csv'), withKeys, limits ? { limits } : {}),
    );
    expect(await readdir(folder)).to.deep.equal(before);
    expect(`${fault.message}${fault.hint}`).not.to.include(CANARY);
    return fault;
  }

  for (const scheme of ['pgp', 'age'] as const) {
    it(`gives back the bytes that were encrypted with ${scheme}, readable by their owner alone`, async () => {
      const path = await locked(scheme);
      expect((await readFile(path)).includes(CANARY)).to.equal(false);
      const out = join(folder, 'out.csv');
      const { scheme: found, isArmoured, ...digest } = await decryptFile(path, out, keys);
      expect([found, isArmoured]).to.deep.equal([scheme, false]);
      expect(digest).to.deep.equal(await hashFile(plain));
      for (const one of [path, out]) expect((await stat(one)).mode & 0o777).to.equal(0o600);
    });

    it(`refuses ${scheme} that is altered in any place`, async () => {
      const path = await locked(scheme);
      const bytes = await readFile(path);
      for (let part = 1; part < 12; part++) {
        const altered = Buffer.from(bytes);
        const at = Math.floor((bytes.length * part) / 12);
        altered[at] = (altered[at] ?? 0) ^ 1;
        await writeFile(path, altered);
        expect((await refused(path)).code, `byte ${at}`).to.equal('encrypted_altered');
      }
      await writeFile(path, Buffer.concat([bytes, Buffer.from('more')]));
      expect((await refused(path)).code, 'with more behind it').to.equal('encrypted_altered');
    });

    it(`refuses ${scheme} that is cut in any place`, async () => {
      const path = await locked(scheme);
      const bytes = await readFile(path);
      for (let part = 1; part < 12; part++) {
        await writeFile(path, bytes.subarray(0, Math.floor((bytes.length * part) / 12)));
        const { code } = await refused(path);
        // Where age breaks off within a block, that cannot be told from a block that was altered.
        expect(code).to.equal(scheme === 'pgp' ? 'encrypted_truncated' : 'encrypted_altered');
      }
    });

    it(`refuses ${scheme} for somebody else, and says so`, async () => {
      const path = await locked(scheme);
      const own = { ...strangers, age: [(await makeAgePair()).identity] };
      expect((await refused(path, own)).code).to.equal('encrypted_wrong_key');
      expect((await refused(path, { pgp: [], age: [] })).code).to.equal('decryption_key_missing');
    });

    it(`stops at the limit where ${scheme} unpacks to more`, async () => {
      expect((await refused(await locked(scheme), keys, { sizeBytes: 1000 })).code).to.equal(
        'encrypted_too_large',
      );
    });
  }

  it('says that age is cut where it ends within its header', async () => {
    const path = await locked('age');
    await writeFile(path, (await readFile(path)).subarray(0, 60));
    expect((await refused(path)).code).to.equal('encrypted_truncated');
  });

  it('refuses what is not encrypted, and PGP that is signed or locked with a password only', async () => {
    expect((await refused(plain)).code).to.equal('not_encrypted');
    const message = await createMessage({ binary: Buffer.from(TEXT) });
    const path = join(folder, 'signed.asc');
    await writeFile(path, message.armor());
    expect((await refused(path)).code).to.equal('not_encrypted');
    await writeFile(path, await encrypt({ message, passwords: 'secret' }));
    expect((await refused(path)).code).to.equal('encrypted_wrong_key');
  });

  it('leaves nothing where it is stopped', async () => {
    const path = await locked('pgp');
    const stopped = AbortSignal.abort(new Error('stopped'));
    const out = join(folder, 'out.csv');
    const fault = await decryptFile(path, out, keys, { signal: stopped }).catch((thrown: unknown) => thrown);
    expect(fault).to.equal(stopped.reason);
    expect(await readdir(folder)).to.deep.equal(['students.csv', 'students.csv.pgp']);
  });

  it('says which file of the disk is not there', async () => {
    const gone = join(folder, 'gone.csv');
    const by = recipients.age;
    if (!by) throw new Error('no recipients');
    expect((await faultOf(encryptFile(gone, join(folder, 'x.age'), by))).code).to.equal('local_io');
    expect((await faultOf(decryptFile(gone, join(folder, 'x.csv'), keys))).code).to.equal('local_io');
  });
});
