import { generateKeyPairSync } from 'node:crypto';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { loadCredentials, openLogin } from '../../src/sftp/login.ts';
import { makeKeyPair } from '../doubles/key-pair.ts';

const ACCESS = { host: 'h', port: 22, username: 'ferry', trustedHostKeys: [], timeoutMs: 1000 };

function refusal(secrets: { privateKey?: string; passphrase?: string; password?: string }): AppError {
  try {
    loadCredentials({ ...ACCESS, ...secrets });
  } catch (fault) {
    if (fault instanceof AppError) return fault;
    throw fault;
  }
  throw new Error('it was taken');
}

describe('loadCredentials', () => {
  it('opens a key, with its passphrase where it has one', () => {
    const plain = makeKeyPair('ed25519').private;
    const locked = makeKeyPair('ed25519', 'open sesame').private;
    expect(loadCredentials({ ...ACCESS, privateKey: plain }).key?.isPrivateKey()).to.equal(true);
    const opened = loadCredentials({ ...ACCESS, privateKey: locked, passphrase: 'open sesame' });
    expect(opened.key?.isPrivateKey()).to.equal(true);
  });

  it('says that a key needs a passphrase, or that it is the wrong one, and shows neither', () => {
    const privateKey = makeKeyPair('ecdsa', 'open sesame').private;
    const missing = refusal({ privateKey });
    expect(missing.code).to.equal('private_key_unusable');
    expect(missing.hint).to.contain('passphrase');
    const wrong = refusal({ privateKey, passphrase: 'open barley' });
    expect(wrong.code).to.equal('private_key_unusable');
    expect(wrong.message + wrong.hint).to.not.contain('barley');
  });

  it('refuses what is no private key', () => {
    for (const privateKey of ['', 'nonsense', makeKeyPair('ed25519').public])
      expect(refusal({ privateKey }).code).to.equal('private_key_unusable');
  });

  it('signs with an RSA key, but never with SHA-1', () => {
    const { privateKey } = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
      publicKeyEncoding: { type: 'pkcs1', format: 'pem' },
    });
    const { key } = loadCredentials({ ...ACCESS, privateKey });
    expect(key?.sign(Buffer.from('x'), 'sha256')).to.have.length(256);
    expect(() => key?.sign(Buffer.from('x'), 'sha1')).to.throw(AppError, /SHA-1/);
  });

  it('refuses to log in with nothing', () => {
    expect(refusal({}).code).to.equal('config_invalid');
  });
});

describe('openLogin', () => {
  const NEVER = () => expect.fail('asked for');
  const key = loadCredentials({ ...ACCESS, privateKey: makeKeyPair('ed25519').private }).key;
  /** The methods that follow one another, given what the host answers to each. */
  const methods = (password: string | undefined, withKey: boolean, answers: [string[], boolean][]) => {
    const login = openLogin({ username: 'u', password, key: withKey ? key : undefined }, NEVER);
    const next = (left: string[] | null, partial: boolean | null): unknown =>
      Reflect.apply(login, undefined, [left, partial]);
    return [next(null, null), ...answers.map(([left, partial]) => next(left, partial))].map((step) =>
      typeof step === 'object' && step !== null ? Reflect.get(step, 'type') : step,
    );
  };

  it('sends one credential, and stops when it is refused', () => {
    expect(methods('p', false, [[['password', 'publickey'], false]])).to.deep.equal(['password', false]);
    expect(methods('p', true, [[['password', 'publickey'], false]])).to.deep.equal(['publickey', false]);
    expect(methods('p', false, [[[], false]])).to.deep.equal(['password', false]);
  });

  it('adds the password where the host wants it beside the key', () => {
    const refused: [string[], boolean] = [['password'], false];
    expect(methods('p', true, [[['password'], true], refused])).to.deep.equal([
      'publickey',
      'password',
      false,
    ]);
    expect(methods('p', true, [[['keyboard-interactive'], true]])).to.deep.equal([
      'publickey',
      'keyboard-interactive',
    ]);
    expect(methods(undefined, true, [[['password'], true]])).to.deep.equal(['publickey', false]);
  });

  it('answers questions where the host never looks at passwords, and not when it does', () => {
    expect(methods('p', false, [[['keyboard-interactive'], false]])[1]).to.equal('keyboard-interactive');
    expect(methods('p', false, [[['keyboard-interactive', 'password'], false]])[1]).to.equal(false);
  });

  it('gives the password to one question, once', () => {
    const given: string[] = [];
    const login = openLogin({ username: 'u', password: 'p', key: undefined }, (why) => given.push(why));
    Reflect.apply(login, undefined, [null, null]);
    const { prompt } = Reflect.apply(login, undefined, [['keyboard-interactive'], false]);
    const ask = (questions: number) =>
      prompt('', '', '', Array(questions).fill({}), (answers: string[]) => given.push(...answers));
    ask(2);
    ask(1);
    ask(1);
    expect(given).to.deep.equal([
      'it asks 2 questions, not for a password alone',
      'p',
      'it asks again after the password was given',
    ]);
  });
});
