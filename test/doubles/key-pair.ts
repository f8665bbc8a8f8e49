import ssh2, { type utils } from 'ssh2';

export interface KeyPair {
  /** In OpenSSH's form. */
  private: string;
  /** One line: kind, base64. */
  public: string;
}

/** ssh2 cuts the leading zero of one ed25519 key in 256, and then cannot read it: try again. */
export function makeKeyPair(kind: 'ed25519' | 'ecdsa', passphrase?: string): KeyPair {
  const encryption: utils.KeyPairOptions =
    passphrase === undefined ? {} : { passphrase, cipher: 'aes256-ctr', rounds: 4 };
  for (;;) {
    const pair =
      kind === 'ed25519'
        ? ssh2.utils.generateKeyPairSync('ed25519', encryption)
        : ssh2.utils.generateKeyPairSync('ecdsa', { bits: 256, ...encryption });
    if (!(ssh2.utils.parseKey(pair.private, passphrase) instanceof Error)) return pair;
  }
}
