import { AppError } from '../errors/app-error.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import type { Destination } from './destination.ts';
import { openLocalDestination } from './local-destination.ts';
import type { DestinationSettings } from './schema.ts';

/** @param access what an SFTP host is opened with; not needed for a local folder */
export async function openDestination(
  settings: DestinationSettings,
  access?: SftpAccess,
): Promise<Destination> {
  if (settings.type === 'local') return openLocalDestination(settings);
  if (!access) throw new AppError('defect', 'An SFTP destination was opened without its access');
  // Only who has a host pays for loading what talks to one.
  const { openSftpDestination } = await import('./sftp-destination.ts');
  return await openSftpDestination(settings, access);
}
