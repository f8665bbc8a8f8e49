import type { LoadedConnection } from '../config/load-connection.ts';
import { resolveDropKeys } from '../config/resolve-keys.ts';
import { NO_KEYS } from '../encryption/read-keys.ts';
import { compileNamesOf } from '../source/file-fits.ts';
import { filesThatCome } from '../source/schema.ts';
import { decryptDrop, refusePlain } from '../unwrap/decrypt-drop.ts';
import { unwrapDrop } from '../unwrap/unwrap-drop.ts';
import type { Notice } from '../vocabulary/run.ts';
import type { ClaimedFile } from './claim-drop.ts';
import type { OpenRun } from './open-run.ts';
import type { RunTools } from './run-tools.ts';

/**
 * Puts plain files in place of what is encrypted, and the members of a zip in place of the zip. The first thing that is
 * done to a claimed drop; safe to repeat. Answers what of the zip is not taken. The zip stays with the first of its
 * members, for clearing it at the source.
 */
export async function unwrapRun(run: OpenRun, tools: RunTools): Promise<Notice[]> {
  const { connection, folder, record } = run;
  const { source } = connection.settings;
  const files = filesThatCome(connection.settings.files);
  const { inbound, plain } = folder;
  const { env, signal } = tools;
  const keys = await resolveDropKeys(connection, env);
  const decrypt = (drop: readonly ClaimedFile[]) =>
    decryptDrop(drop, { inbound, plain, keys: keys ?? NO_KEYS, signal });
  const opened = await decrypt(asReceived(record.claimed));
  const unwrapped = await unwrapDrop(opened, {
    inbound,
    plain,
    files,
    namesOf: compileNamesOf(files),
    signal,
  });
  // In a zip, too, the files may be what is encrypted.
  const claimed = await decrypt(unwrapped.files);
  refusePlain(claimed, { expectsEncrypted: keys !== undefined && source.decrypt?.plain !== 'allow' });
  run.record = { ...record, claimed: [...claimed, ...readAgain(claimed, connection)] };
  return noticesOf(unwrapped.ignored);
}

/** What the connection reads a second time by another mapping: the same bytes, which are cleared once. */
function readAgain(claimed: readonly ClaimedFile[], { settings }: LoadedConnection): ClaimedFile[] {
  return Object.entries(settings.files).flatMap(([name, { same_as: first }]) => {
    const found = claimed.find((one) => one.name === first);
    if (!found) return [];
    const { listed: _, ...file } = found;
    return [{ ...file, name }];
  });
}

/** No restart relies on what was decrypted before: it is decrypted again from what was received. */
function asReceived(claimed: readonly ClaimedFile[]): ClaimedFile[] {
  const drop = new Map<string, ClaimedFile>();
  for (const { received, ...one } of claimed) {
    const { encryption: _, ...from } = received ?? { ...one, encryption: undefined };
    // The first file of a zip knows where the zip is listed.
    if (!drop.has(from.file)) drop.set(from.file, { ...one, ...from });
  }
  return [...drop.values()];
}

function noticesOf(ignored: readonly string[]): Notice[] {
  if (ignored.length === 0) return [];
  return [
    {
      code: 'members_not_taken',
      message: `The zip also has files that no pattern of the connection fits: ${ignored.join(', ')}`,
    },
  ];
}
