import { AppError } from '../errors/app-error.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import { openLocalSource } from './local-source.ts';
import type { SourceSettings } from './schema.ts';
import type { Source, TellNotice } from './source.ts';

/**
 * @param access what an SFTP host is opened with; not needed for a local folder
 * @param tell hears of what is left out of a listing, and of what looks odd in it
 */
export async function openSource(
  settings: SourceSettings,
  access?: SftpAccess,
  tell?: TellNotice,
): Promise<Source> {
  if (settings.type === 'local') return openLocalSource(settings, tell);
  if (!access) throw new AppError('defect', 'An SFTP source was opened without its access');
  // Only who has a host pays for loading what talks to one.
  const { openSftpSource } = await import('./sftp-source.ts');
  return await openSftpSource(settings, access, tell);
}
