import { createHmac, createSecretKey } from 'node:crypto';

/** HMAC-SHA-256 of a text in UTF-8 under a secret, as 64 small hex digits. */
export function compileKeyedHash(secret: string): (text: string) => string {
  // The key is handed over once: a row then costs the hash alone.
  const key = createSecretKey(secret, 'utf8');
  return (text) => createHmac('sha256', key).update(text, 'utf8').digest('hex');
}
