import type { AuthHandlerMiddleware, ParsedKey } from 'ssh2';
import ssh2 from 'ssh2';
import { AppError } from '../errors/app-error.ts';
import type { SftpAccess } from './schema.ts';
import { loginRefused } from './sftp-errors.ts';

export interface Credentials {
  username: string;
  password: string | undefined;
  key: ParsedKey | undefined;
}

/** Opens the private key before any connection is made. Throws `private_key_unusable` or `config_invalid`. */
export function loadCredentials(access: SftpAccess): Credentials {
  const { username, password, privateKey } = access;
  if (privateKey === undefined && password === undefined)
    throw new AppError('config_invalid', `No password and no private_key is given for ${access.host}`, {
      hint: 'Add private_key or password to the SFTP endpoint.',
    });
  const key = privateKey === undefined ? undefined : parseKey(access, privateKey);
  return { username, password, key };
}

function parseKey(access: SftpAccess, text: string): ParsedKey {
  const parsed = ssh2.utils.parseKey(text, access.passphrase);
  // The library answers with a list where a format could hold several keys; all formats of today hold one.
  const key = Array.isArray(parsed) ? parsed[0] : parsed;
  if (key instanceof Error) throw unusable(access, key.message);
  if (!key.isPrivateKey()) throw unusable(access, 'it is a public key');
  return refusingSha1(access, key);
}

function unusable(access: SftpAccess, why: string): AppError {
  const sentence = `The private key for ${access.username} at ${access.host} cannot be used: ${why}`;
  if (/passphrase/i.test(why) && access.passphrase === undefined)
    return new AppError('private_key_unusable', sentence, {
      hint: 'The key is encrypted: add passphrase: env:NAME or file:PATH beside private_key.',
    });
  return new AppError('private_key_unusable', sentence);
}

/** Where a server names no signature algorithms, the library would sign with SHA-1: rather fail. */
function refusingSha1(access: SftpAccess, key: ParsedKey): ParsedKey {
  const sign = key.sign.bind(key);
  const refuse = (data: Buffer | string, algorithm?: string) => {
    if (algorithm === 'sha1') throw loginRefused(access, 'it takes RSA keys with SHA-1 signatures only');
    return sign(data, algorithm);
  };
  return Object.defineProperty(key, 'sign', { value: refuse });
}

/**
 * The credential, once. Another one follows only where the host asks for a second factor, or where it never looks at
 * passwords but asks for them by keyboard-interactive. Made anew for each connection.
 */
export function openLogin(credentials: Credentials, giveUp: (why: string) => void): AuthHandlerMiddleware {
  const sent = new Set<string>();
  const { username, key, password } = credentials;
  const send = (type: 'publickey' | 'password' | 'keyboard-interactive') => {
    sent.add(type);
    if (type === 'publickey' && key) return { type, username, key };
    if (type === 'password' && password !== undefined) return { type, username, password };
    if (type === 'keyboard-interactive')
      return { type, username, prompt: answerOnce(password ?? '', giveUp) };
    return false;
  };
  return (left: readonly string[] | null, partial: boolean | null) => {
    if (sent.size === 0) return send(key ? 'publickey' : 'password');
    if (password === undefined || sent.has('keyboard-interactive')) return false;
    if (partial && left?.includes('password') && !sent.has('password')) return send('password');
    const asksByKeyboard = left?.includes('keyboard-interactive') && !left.includes('password');
    return asksByKeyboard && (partial || sent.has('password')) ? send('keyboard-interactive') : false;
  };
}

type Prompter = (
  name: string,
  instructions: string,
  language: string,
  prompts: readonly unknown[],
  finish: (answers: string[]) => void,
) => void;

function answerOnce(password: string, giveUp: (why: string) => void): Prompter {
  let answered = false;
  return (_name, _instructions, _language, prompts, finish) => {
    if (answered) return giveUp('it asks again after the password was given');
    if (prompts.length !== 1) return giveUp(`it asks ${prompts.length} questions, not for a password alone`);
    answered = true;
    finish([password]);
  };
}
