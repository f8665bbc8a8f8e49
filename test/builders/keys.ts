import { generateIdentity, identityToRecipient } from 'age-encryption';
import { generateKey } from 'openpgp';

export interface AgePair {
  identity: string;
  recipient: string;
}

export async function makeAgePair(): Promise<AgePair> {
  const identity = await generateIdentity();
  return { identity, recipient: await identityToRecipient(identity) };
}

export interface PgpPair {
  privateKey: string;
  publicKey: string;
}

/** Curve25519, armoured. */
export async function makePgpPair(passphrase?: string): Promise<PgpPair> {
  const userIDs = [{ name: 'Ferry', email: 'ferry@district.example' }];
  return generateKey({ userIDs, format: 'armored', ...(passphrase !== undefined && { passphrase }) });
}

export async function makeRsaPair(): Promise<PgpPair> {
  const userIDs = [{ name: 'Ferry', email: 'rsa@district.example' }];
  return generateKey({ type: 'rsa', rsaBits: 2048, userIDs, format: 'armored' });
}
