import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { resolveDropKeys } from '../config/resolve-keys.ts';
import { decryptFile } from '../encryption/decrypt-file.ts';
import { plainNameOf } from '../encryption/encrypted-name.ts';
import { NO_KEYS } from '../encryption/read-keys.ts';
import { recogniseFile, SCHEME_NAMES } from '../encryption/recognise.ts';
import { AppError } from '../errors/app-error.ts';
import type { InspectedFile } from '../inspect/profile-file.ts';
import type { CliContext } from './act.ts';
import { connectionOf, loadForCommand } from './load-for-command.ts';

/**
 * The file that is to be inspected. One that is encrypted is decrypted with the keys of the connection that was named,
 * into a folder that is removed at the end of the command.
 * Throws decryption_key_missing, and what decryptFile throws.
 */
export async function openInspected(
  context: CliContext,
  path: string,
  connection: string | undefined,
): Promise<InspectedFile> {
  const file = basename(path);
  // That it cannot be read, whoever reads it says better.
  const encryption = await recogniseFile(path).catch(() => undefined);
  if (!encryption) return { path, file };
  if (connection === undefined)
    throw new AppError(
      'decryption_key_missing',
      `${file} is encrypted with ${SCHEME_NAMES[encryption.scheme]}`,
      {
        place: { file: path },
        hint: 'Name a connection whose source.decrypt has the key: --decrypt-for CONNECTION.',
      },
    );
  const keys = await resolveDropKeys(connectionOf(await loadForCommand(context), connection), context.env);
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-inspect-'));
  context.closing.defer(() => rm(folder, { recursive: true, force: true }));
  const plain = { file: plainNameOf(file) ?? file, path: join(folder, 'plain') };
  await decryptFile(path, plain.path, keys ?? NO_KEYS);
  return plain;
}
