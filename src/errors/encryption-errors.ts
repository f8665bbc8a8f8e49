import { entry } from './catalogue-entry.ts';

/** What is wrong with a file that is encrypted, or should be, and with the keys for it. */
export const ENCRYPTION_ERRORS = {
  key_unusable: entry(
    2,
    'A key for encrypting or decrypting cannot be used.',
    'Check the key and its passphrase; docs/encryption.md shows how keys are made and exported.',
  ),
  decryption_key_missing: entry(
    3,
    'A file is encrypted, and no key that could decrypt it is configured.',
    'Write decrypt: { pgp: file:key.asc } or decrypt: { age: file:key.txt } under source of the connection.',
  ),
  not_encrypted: entry(
    3,
    'A file that should be encrypted is not.',
    'Have it encrypted before it is uploaded; decrypt: { plain: allow } under source takes plain files too.',
  ),
  encrypted_wrong_key: entry(
    3,
    'A file is encrypted for another key than those that are configured.',
    'Give the sender the public key that belongs to source.decrypt, and have the file encrypted for it.',
  ),
  encrypted_unprotected: entry(
    3,
    'An encrypted file has nothing that shows whether it was altered on the way.',
    'Have it encrypted again by a current gpg, without --rfc2440 and --disable-mdc.',
  ),
  encrypted_truncated: entry(
    3,
    'An encrypted file ends before its end.',
    'Have it uploaded again; the upload most likely broke off.',
  ),
  encrypted_altered: entry(
    3,
    'An encrypted file does not authenticate: it was altered on the way, or cut.',
    'Have it encrypted and uploaded again; nothing of it was used.',
  ),
  encrypted_too_large: entry(
    3,
    'A file is larger than any extract once it is decrypted.',
    'Look at the file before anything else is done with it; have a large extract split.',
  ),
  archive_key_missing: entry(
    2,
    'A sealed run is encrypted, and no identity that could read it is configured.',
    'Write archive.decrypt: { age: file:PATH } with an identity of one of the recipients, only for as long as it is needed.',
  ),
} as const;
