import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Report, reportSchema } from '../report/schema.ts';

/** Of a sealed or an open run. Apart from the writing, which loads the whole page: `status` only reads. */
export async function readReport(folderPath: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(folderPath, 'report.json'), 'utf8')));
}
