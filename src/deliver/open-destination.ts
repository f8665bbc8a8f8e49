import { AppError } from '../errors/app-error.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import type { Destination } from './destination.ts';
import { openLocalDestination } from './local-destination.ts';
import type { DestinationSettings } from './schema.ts';
import { openSftpDestination } from './sftp-destination.ts';

/** @param access what an SFTP host is opened with; not needed for a local folder */
export async function openDestination(
  settings: DestinationSettings,
  access?: SftpAccess,
): Promise<Destination> {
  if (settings.type === 'local') return openLocalDestination(settings);
  if (!access) throw new AppError('defect', 'An SFTP destination was opened without its access');
  return await openSftpDestination(settings, access);
}
