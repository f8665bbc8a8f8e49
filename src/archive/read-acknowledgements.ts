import { join } from 'node:path';
import { ACKNOWLEDGEMENT_FILE, isAcknowledgement } from './layout.ts';
import { parseJson } from './manifest.ts';
import { newestLinks } from './newest-folders.ts';
import { isThere } from './read-entries.ts';
import { readText } from './read-text.ts';
import { type Acknowledgement, acknowledgementSchema } from './schema.ts';

/**
 * What the importing system answered to the runs of a connection, the last answer first; each is read when it is asked for.
 * One whose record is destroyed or broken is passed over; `verify` is who complains about it.
 * @param since yyyy-MM: answers of months before it are left out, and their folders not listed
 */
export async function* newestAcknowledgements(
  archive: string,
  connection: string,
  since?: string,
): AsyncGenerator<Acknowledgement> {
  for await (const { path } of newestLinks(archive, connection, isAcknowledgement, since)) {
    const read = await readAcknowledgement(path);
    if (read) yield read;
  }
}

/** Undefined where there is none, or none that can be understood. */
export async function readAcknowledgement(folder: string): Promise<Acknowledgement | undefined> {
  const path = join(folder, ACKNOWLEDGEMENT_FILE);
  if (!(await isThere(path))) return undefined;
  return acknowledgementSchema.safeParse(parseJson(await readText(path))).data;
}
