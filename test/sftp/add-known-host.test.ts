import { createHmac } from 'node:crypto';
import { expect } from 'chai';
import ssh2 from 'ssh2';
import { addKnownHost } from '../../src/sftp/add-known-host.ts';
import { readHostKey } from '../../src/sftp/host-key.ts';
import { readKnownHosts } from '../../src/sftp/known-hosts.ts';
import { makeKeyPair } from '../doubles/key-pair.ts';

const HOST = { host: 'sftp.district.example', port: 2222 };
const NAME = '[sftp.district.example]:2222';

function newKey(kind: 'ed25519' | 'ecdsa' = 'ed25519') {
  const pair =
    kind === 'ed25519' ? makeKeyPair('ed25519') : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256 });
  const [type = '', text = ''] = pair.public.split(' ');
  const raw = Buffer.from(text, 'base64');
  return { key: readHostKey(raw), raw, words: `${type} ${text}` };
}

describe('addKnownHost', () => {
  const [mine, other] = [newKey(), newKey('ecdsa')];
  const add = (text: string, replaces = false, target = HOST) =>
    addKnownHost(text, target, { key: mine.key, raw: mine.raw, replaces });

  it('writes a line that is then read as trusted, behind what is there', () => {
    for (const [text, target, name] of [
      ['', HOST, NAME],
      ['# ours\nother.example ssh-ed25519 AAAA', HOST, NAME],
      ['# ours\r\n\r\n', { host: 'SFTP.District.example', port: 22 }, 'sftp.district.example'],
    ] as const) {
      const change = add(text, false, target);
      if (change.kind !== 'write') return expect.fail(change.kind);
      expect(change.text.endsWith(`${name} ${mine.words}\n`)).to.equal(true);
      expect(change.text.startsWith(text.trimEnd())).to.equal(true);
      expect(readKnownHosts(change.text, target.host, target.port).trusted).to.deep.equal([
        mine.key.fingerprint,
      ]);
    }
  });

  it('writes nothing where the key is known, and nothing where it is revoked', () => {
    expect(add(`${NAME} ${mine.words}\n`)).to.deep.equal({ kind: 'known' });
    expect(add(`@revoked ${NAME} ${mine.words}\n`, true)).to.deep.equal({ kind: 'revoked' });
  });

  it('leaves another key of the host alone unless it is told to replace it', () => {
    const salt = Buffer.from('0123456789abcdef0123').toString('base64');
    const hash = createHmac('sha1', Buffer.from(salt, 'base64')).update(NAME).digest('base64');
    for (const hosts of [NAME, `|1|${salt}|${hash}`]) {
      const text = `other.example ${other.words}\n${hosts} ${other.words}\n# end\n`;
      expect(add(text)).to.deep.equal({ kind: 'differs', trusted: [other.key.fingerprint] });
      expect(add(text, true)).to.deep.equal({
        kind: 'write',
        text: `other.example ${other.words}\n# end\n${NAME} ${mine.words}\n`,
        replaced: 1,
      });
    }
  });

  it('never takes away a line that speaks of other hosts as well', () => {
    for (const hosts of [`${NAME},backup.example`, '[*.district.example]:2222'])
      expect(add(`# first\n${hosts} ${other.words}\n`, true)).to.deep.equal({ kind: 'shared', line: 2 });
  });
});
