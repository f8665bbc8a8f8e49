import { inspect } from 'node:util';
import { expect } from 'chai';
import { errorsOf } from '../../src/cli/print-error.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { GOOD_CONFIG, GOOD_FILES, spoil, withProject } from './project.ts';

const CANARY = 'ZZCANARYZZ';
const SOURCE = 'source: { type: local, path: inbound }';

const sftp = (rest: string) =>
  `source:\n      type: sftp\n      host: h\n      username: u\n      path: /out\n      host_key: "SHA256:${'A'.repeat(43)}"\n      ${rest}`;

const local = (rest: string) => `source: { type: local, path: inbound, ${rest} }`;

/** Every way to put a secret into the file that one of the rules refuses. */
const WRITTEN: readonly [what: string, source: string][] = [
  ['as the password', sftp(`password: ${CANARY}`)],
  ['as the password, in quotes', sftp(`password: "${CANARY}"`)],
  ['as a list', sftp(`password: [${CANARY}]`)],
  ['as a map', sftp(`password: { value: ${CANARY} }`)],
  ['as a key of a map', sftp(`password: { ${CANARY}: 1 }`)],
  ['as a passphrase', sftp(`private_key: file:k\n      passphrase: ${CANARY}`)],
  [
    'as the key itself',
    sftp(`private_key: |\n        -----BEGIN OPENSSH PRIVATE KEY-----\n        ${CANARY}\n`),
  ],
  ['under a misspelt key', sftp(`pasword: ${CANARY}`)],
  ['with a wrong prefix', sftp(`password: "evn:${CANARY} "`)],
  ['with text after the quotes', sftp(`password: "x" ${CANARY}`)],
  ['after a second colon', sftp(`password: a: ${CANARY}`)],
  ['behind a sign that YAML keeps for itself', sftp(`password: @${CANARY}`)],
  ['behind an unknown tag', sftp(`password: !${CANARY} x`)],
  ['behind an alias', sftp(`password: *${CANARY}`)],
  ['in quotes that are never closed', sftp(`password: "${CANARY}`)],
  ['as the key of age for the drops', local(`decrypt: { age: AGE-SECRET-KEY-1${CANARY} }`)],
  ['as the key of PGP for the drops', local(`decrypt: { pgp: ${CANARY} }`)],
  ['in place of the map of keys', local(`decrypt: AGE-SECRET-KEY-1${CANARY}`)],
];

/** The key that reads the archive, and one where a public key belongs. */
const ELSEWHERE: readonly [what: string, part: string, by: string][] = [
  [
    'as the key of the archive',
    'archive: { path: archive }',
    `archive: { path: archive, decrypt: { age: AGE-SECRET-KEY-1${CANARY} } }`,
  ],
  [
    'where a recipient belongs',
    'archive: { path: archive }',
    `archive: { path: archive, encrypt: { age: AGE-SECRET-KEY-1${CANARY} } }`,
  ],
];

describe('a secret in the configuration', () => {
  const all = [...WRITTEN.map(([what, source]) => [what, SOURCE, source] as const), ...ELSEWHERE];
  for (const [what, part, by] of all) {
    it(`is refused and never shown: ${what}`, async () => {
      const files = { ...GOOD_FILES, 'rosterferry.yaml': spoil(GOOD_CONFIG, part, by) };
      await withProject(files, async (folder) => {
        const thrown: unknown = await loadConfig(`${folder}/rosterferry.yaml`).then(
          () => undefined,
          (error: unknown) => error,
        );
        expect(thrown).to.be.an('error');
        const said = errorsOf(thrown).map(
          (one) => `${one.message} ${one.hint} ${one.stack} ${inspect(one.context)} ${inspect(one.cause)}`,
        );
        expect(said.join('\n')).not.to.include(CANARY);
      });
    });
  }
});
