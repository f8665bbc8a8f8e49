import { AppError } from '../errors/app-error.ts';
import type { SftpAccess } from '../sftp/schema.ts';
import { openLocalSource } from './local-source.ts';
import type { SourceSettings } from './schema.ts';
import { openSftpSource } from './sftp-source.ts';
import type { Source } from './source.ts';

/** @param access what an SFTP host is opened with; not needed for a local folder */
export async function openSource(settings: SourceSettings, access?: SftpAccess): Promise<Source> {
  if (settings.type === 'local') return openLocalSource(settings);
  if (!access) throw new AppError('defect', 'An SFTP source was opened without its access');
  return await openSftpSource(settings, access);
}
