import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { planDistrict } from '../src/sample/district.ts';
import { writeDistrict } from '../src/sample/write-district.ts';

export const BUSINESS_DATE = '2026-11-22';
const SEED = 1;
/** Raised when the generator writes other bytes for the same options, so that no stale file is measured. */
const EDITION = 1;

export interface Extract {
  path: string;
  bytes: number;
  rows: number;
  expected: { read: number; rejected: number; duplicate: number; ineligible: number; carried: number };
}

/** A students extract of so many students under the temporary folder; made once, then used again. */
export async function openExtract(students: number): Promise<Extract> {
  const folder = join(tmpdir(), 'rosterferry-bench', `${EDITION}-${students}`);
  const facts = join(folder, 'extract.json');
  const known = await readKnown(facts);
  if (known) return known;
  await mkdir(folder, { recursive: true });
  const plan = planDistrict({ seed: SEED, students, night: 0, businessDate: BUSINESS_DATE });
  const start = performance.now();
  const contents = await writeDistrict(plan, folder, ['students']);
  const { rows, bytes, expected } = contents.students;
  const seconds = (performance.now() - start) / 1000;
  console.log(`made ${rows} rows in ${seconds.toFixed(1)} s (${Math.round(rows / seconds)} rows a second)`);
  const made: Extract = { path: join(folder, 'students.csv'), bytes, rows, expected };
  await writeFile(facts, JSON.stringify(made));
  return made;
}

async function readKnown(facts: string): Promise<Extract | undefined> {
  try {
    const known: Extract = JSON.parse(await readFile(facts, 'utf8'));
    return (await stat(known.path)).size === known.bytes ? known : undefined;
  } catch {
    // Not there, or cut off: it is made anew.
    return undefined;
  }
}
