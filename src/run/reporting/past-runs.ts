import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { newestFolders } from '../../archive/newest-folders.ts';
import type { PastRun } from '../../report/report-details.ts';
import { reportSchema } from '../../report/schema.ts';

/** So many earlier runs have a place in the small lines of report.html. */
const SHOWN = 30;
/** A connection whose runs fail night after night is not searched back to its first day. */
const LOOKED_AT = 90;
/** A report as long as this has thousands of decisions in it, and is not worth its reading here. */
const LONGEST_BYTES = 1_000_000;

/** The last sealed runs of a connection that have books, the oldest first. Its cost does not grow with the archive. */
export async function readPastRuns(
  archive: string,
  { id, connection }: { id: string; connection: string },
): Promise<PastRun[]> {
  const past: PastRun[] = [];
  let looked = 0;
  for await (const { run, path } of newestFolders(archive, connection)) {
    if (past.length === SHOWN || looked === LOOKED_AT) break;
    looked += 1;
    const found = run === id ? undefined : await readPast(path);
    if (found && found.run.outcome !== 'failed') past.push(found);
  }
  return past.reverse();
}

/** A report that was destroyed, encrypted or damaged leaves a gap in a small line and nothing else; `verify` names it. */
async function readPast(folder: string): Promise<PastRun | undefined> {
  const path = join(folder, 'report.json');
  try {
    if ((await stat(path)).size > LONGEST_BYTES) return undefined;
    const { run, totals, safeguards, lane } = reportSchema.parse(JSON.parse(await readFile(path, 'utf8')));
    return { run, totals, safeguards, ...(lane === undefined ? {} : { lane }) };
  } catch {
    return undefined;
  }
}
