import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { errnoOf } from '../files/disk-error.ts';

/** Whether runs could be kept there, or undefined where they could. Nothing is made: a folder is made by the first run. */
export async function whyNoArchive(path: string, configPath: string): Promise<AppError | undefined> {
  const place = { file: configPath };
  const facts = await stat(path).catch((cause: unknown) => errnoOf(cause));
  const parent = dirname(path);
  if (facts === 'ENOENT' && parent !== path) return whyNoArchive(parent, configPath);
  if (typeof facts === 'string')
    return new AppError('local_io', `The archive cannot be reached: ${path} (${facts})`, { place });
  if (!facts.isDirectory())
    return new AppError('local_io', `The archive cannot be kept in ${path}: it is no folder`, {
      place,
      hint: 'Mend archive.path.',
    });
  try {
    await access(path, constants.W_OK | constants.X_OK);
    return undefined;
  } catch (cause) {
    const hint = 'Give the account of Rosterferry the right to write there, or mend archive.path.';
    const sentence = `The archive cannot be written in ${path} (${errnoOf(cause)})`;
    return new AppError('local_io', sentence, { place, hint, cause });
  }
}
