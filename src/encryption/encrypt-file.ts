/**
 * Encryption: files locked for somebody, and files unlocked again.
 *
 * in:       a file, and the keys of who may read it, PGP or age
 * out:      the other file, whole, under its final name, mode 0600, with its digest
 * promises: no byte of plaintext has its name before all of the message has authenticated; memory stays flat
 * never:    makes keys, asks for a passphrase, writes a secret anywhere, or takes what nothing protects from being altered
 */
import { AppError } from '../errors/app-error.ts';
import type { FileDigest } from '../files/hash-file.ts';
import { openBytes } from './open-bytes.ts';
import type { Recipients } from './read-recipients.ts';
import { writeWholeStream } from './write-whole-stream.ts';

/**
 * Writes what `fromPath` has, encrypted for all recipients, to `toPath`, in place of what is there. Binary, not armoured.
 * Throws key_unusable where nothing can be encrypted for a key, local_io, local_disk_full and the signal's AbortError.
 */
export async function encryptFile(
  fromPath: string,
  toPath: string,
  recipients: Recipients,
  signal?: AbortSignal,
): Promise<FileDigest> {
  const plain = openBytes(fromPath);
  const locked = await lock(plain, recipients).catch(async (cause: unknown) => {
    await plain.cancel().catch(() => undefined);
    throw cause instanceof AppError ? cause : unusable(cause);
  });
  return writeWholeStream(locked, toPath, signal ? { signal } : {});
}

async function lock(plain: ReadableStream<Uint8Array>, recipients: Recipients) {
  if (recipients.scheme === 'age') {
    const { Encrypter } = await import('age-encryption');
    const encrypter = new Encrypter();
    for (const recipient of recipients.age) encrypter.addRecipient(recipient);
    return encrypter.encrypt(plain);
  }
  const { createMessage, encrypt } = await import('openpgp');
  const message = await createMessage({ binary: plain });
  return encrypt({ message, encryptionKeys: [...recipients.pgp], format: 'binary' });
}

function unusable(cause: unknown): AppError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new AppError('key_unusable', `Nothing can be encrypted for the key: ${why}`, { cause });
}
