import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../files/disk-error.ts';
import { FILE_MODE, makeFolder } from '../files/write-whole.ts';
import { type DistrictContents, emptyContents } from './contents.ts';
import { encodeText } from './csv-text.ts';
import { type DistrictOptions, type DistrictPlan, planDistrict } from './district.ts';
import { renderContacts } from './render-contacts.ts';
import { renderStudents } from './render-students.ts';

/** The files of a drop under the names that sampleConfig waits for. */
export const STUDENTS_FILE = 'students.csv';
export const CONTACTS_FILE = 'contacts.csv';

/** Drops the extract of one night into the folder, which is made where it is not there. */
export async function writeNight(folder: string, options: DistrictOptions): Promise<DistrictContents> {
  return writeDistrict(planDistrict(options), folder);
}

/**
 * Writes students.csv and contacts.csv; each appears under its name when it is whole, replacing an older one.
 * Memory stays flat whatever the number of students. Throws `local_disk_full` or `local_io`.
 * @param files which of the two; both where it is left out
 */
export async function writeDistrict(
  plan: DistrictPlan,
  folder: string,
  files: readonly ('students' | 'contacts')[] = ['students', 'contacts'],
): Promise<DistrictContents> {
  const contents = emptyContents(plan.night);
  await makeFolder(folder);
  if (files.includes('contacts'))
    contents.contacts.bytes = await write(plan, join(folder, CONTACTS_FILE), renderContacts(plan, contents));
  if (files.includes('students'))
    contents.students.bytes = await write(plan, join(folder, STUDENTS_FILE), renderStudents(plan, contents));
  return contents;
}

/** @returns bytes written */
async function write(plan: DistrictPlan, path: string, pieces: Iterable<string>): Promise<number> {
  const temporary = `${path}.part`;
  try {
    await using file = await open(temporary, 'w', FILE_MODE);
    const sizeBytes = await writePieces(plan, file, pieces);
    await rename(temporary, path);
    return sizeBytes;
  } catch (cause) {
    await rm(temporary, { force: true });
    throw diskError(`Cannot write ${path}`, cause);
  }
}

async function writePieces(plan: DistrictPlan, file: FileHandle, pieces: Iterable<string>): Promise<number> {
  let sizeBytes = 0;
  let lead = plan.bom ? '\ufeff' : '';
  for (const piece of pieces) {
    const bytes = encodeText(lead + piece, plan.encoding);
    lead = '';
    await file.writeFile(bytes);
    sizeBytes += bytes.length;
  }
  return sizeBytes;
}
