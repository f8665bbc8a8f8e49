import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { planDistrict } from '../src/sample/district.ts';
import { writeDistrict } from '../src/sample/write-district.ts';

export const BUSINESS_DATE = '2026-11-22';
export const NEXT_BUSINESS_DATE = '2026-11-23';
const SEED = 1;
/** Raised when the generator writes other bytes for the same options, so that no stale file is measured. */
const EDITION = 2;

export interface Extract {
  path: string;
  bytes: number;
  rows: number;
  /** The same students the night after: in every hundredth row the phone number is another one. */
  changed: { path: string; rows: number };
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
  const path = join(folder, 'students.csv');
  const changed = await writeChanged(path, join(folder, 'changed.csv'));
  const made: Extract = { path, bytes, rows, changed, expected };
  await writeFile(facts, JSON.stringify(made));
  return made;
}

const CHANGED_EVERY = 100;
const PHONE = /(\d{3})-(\d{4})(?=,)/;

/** By lines: a row that stands in several has at most one of them changed, and stays the row that it was. */
async function writeChanged(from: string, to: string): Promise<Extract['changed']> {
  let line = 0;
  let rows = 0;
  async function* changedLines() {
    for await (const text of createInterface({ input: createReadStream(from) })) {
      const other = ++line % CHANGED_EVERY === 0 ? text.replace(PHONE, swapPhone) : text;
      if (other !== text) rows++;
      yield `${other}\r\n`;
    }
  }
  await pipeline(changedLines, createWriteStream(to));
  return { path: to, rows };
}

function swapPhone(_phone: string, head: string, tail: string): string {
  return `${head}-${String(9999 - Number(tail)).padStart(4, '0')}`;
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
