import { AppError } from '../errors/app-error.ts';
import { removeAgeArmour } from './age-armour.ts';
import { openBytes, openLatin1 } from './open-bytes.ts';
import type { DecryptionKeys } from './read-keys.ts';

/** Thousands of recipients need no more; a header without an end must not fill the memory. */
const LONGEST_HEADER = 1 << 20;
const HEADER_END = Buffer.from('\n--- ');

/** The plain bytes. Those that come before a fault are not to be believed. */
export async function openAgeMessage(
  path: string,
  isArmoured: boolean,
  keys: DecryptionKeys,
): Promise<ReadableStream<Uint8Array>> {
  const { Decrypter } = await import('age-encryption');
  const decrypter = new Decrypter();
  for (const identity of keys.age) decrypter.addIdentity(identity);
  const bytes = isArmoured ? removeAgeArmour(openLatin1(path)) : openBytes(path);
  return decrypter.decrypt(ReadableStream.from(withWholeHeader(bytes)));
}

/** The library reads until the header ends; here it is seen before that it does. Throws encrypted_truncated, encrypted_altered. */
async function* withWholeHeader(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const block of bytes) {
    if (!head) {
      yield block;
      continue;
    }
    head = Buffer.concat([head, block]);
    if (hasWholeHeader(head)) {
      yield head;
      head = undefined;
    } else if (head.length > LONGEST_HEADER) throw new AppError('encrypted_altered', 'Its header has no end');
  }
  if (head) throw new AppError('encrypted_truncated', 'It ends within its header');
}

function hasWholeHeader(head: Buffer): boolean {
  const end = head.indexOf(HEADER_END);
  return end >= 0 && head.indexOf('\n', end + HEADER_END.length) >= 0;
}
