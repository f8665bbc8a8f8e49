import { openUnseal } from '../archive/unseal-files.ts';
import type { LoadedConfig } from '../config/load-config.ts';
import { archiveRecipients, resolveArchiveKeys } from '../config/resolve-archive-keys.ts';
import type { Sealing } from '../run/run-tools.ts';
import type { CliContext } from './act.ts';

/** How sealed runs are encrypted and read again, as it is configured. An identity is read when something needs it. */
export function openSealing(
  { env }: Pick<CliContext, 'env'>,
  { settings, folder, placeOf }: LoadedConfig,
): Sealing {
  const { archive } = settings;
  return {
    recipients: archiveRecipients(archive),
    unseal: openUnseal(archive.path, () => resolveArchiveKeys(archive, { folder, env, placeOf })),
  };
}
