import { dirname } from 'node:path';
import { AppError, throwAll } from '../errors/app-error.ts';
import { compileKeyedHash } from '../files/keyed-hash.ts';
import { hashSecretsIn } from '../mapping/schema.ts';
import type { LoadedMapping } from './load-mapping.ts';
import { type Environment, resolveSecret } from './resolve-secrets.ts';

/**
 * The secrets of the `hash` steps of a mapping, for one run: answers the keyed hash under each. `file:` paths are relative
 * to the mapping. Throws every `secret_missing` at once.
 */
export async function resolveHashSecrets(
  { mapping, mappingPath, placeInMapping }: LoadedMapping,
  env: Environment,
): Promise<(secret: string) => (text: string) => string> {
  const hashes = new Map<string, (text: string) => string>();
  const mistakes: AppError[] = [];
  const tried = new Set<string>();
  for (const { field, step, secret } of hashSecretsIn(mapping.fields)) {
    if (tried.has(secret)) continue;
    tried.add(secret);
    const place = placeInMapping(['fields', field, 'apply', step, 'hash', 'secret']);
    try {
      const found = await resolveSecret(secret, { name: 'hash', folder: dirname(mappingPath), env, place });
      hashes.set(secret, compileKeyedHash(found));
    } catch (thrown) {
      if (!(thrown instanceof AppError)) throw thrown;
      mistakes.push(thrown);
    }
  }
  throwAll(mistakes);
  return (secret) => {
    const found = hashes.get(secret);
    if (!found) throw new AppError('defect', 'A secret of a mapping was not resolved');
    return found;
  };
}
