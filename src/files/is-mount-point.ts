import { stat } from 'node:fs/promises';

/**
 * Whether another file system begins at the folder, as it does where a share is mounted. One that was such a place and is none
 * any more shows what lies beneath, mostly nothing: that says nothing of the share.
 */
export async function isMountPoint(folder: string): Promise<boolean> {
  // The system itself goes up, so that a link to the folder is followed first.
  const [own, above] = [await stat(folder), await stat(`${folder}/..`)];
  return own.dev !== above.dev;
}
