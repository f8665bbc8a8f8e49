import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diskError } from '../../files/disk-error.ts';
import { FILE_MODE } from '../../files/write-whole.ts';
import type { Reconciliation } from '../../reconcile/reconcile.ts';
import { REVIEW_FILE, type ReviewEntry } from '../../vocabulary/review.ts';
import type { OpenRun } from '../open-run.ts';
import { REMOVED_FILE } from '../run-drafts.ts';

/** Adds to the questions of a run what holds it as a whole, and whom it would remove. */
export async function askAboutRun(run: OpenRun, { reasons }: Reconciliation): Promise<void> {
  const path = join(run.folder.path, REVIEW_FILE);
  const questions = reasons.map((why) => `${JSON.stringify(questionOf(why))}\n`);
  try {
    await appendFile(path, questions.join(''), { mode: FILE_MODE });
    const removed = await readFile(join(run.folder.work, REMOVED_FILE));
    // The run is held next, and is not drafted again after a power cut.
    await appendFile(path, removed, { mode: FILE_MODE, flush: true });
  } catch (cause) {
    throw diskError(`Cannot write ${path}`, cause);
  }
}

function questionOf(why: string): ReviewEntry {
  const item = {
    kind: 'safeguard',
    file: '',
    id: '',
    field: '',
    why,
    candidates: [],
    existing: '',
    values: [],
    choices: [],
    holdsRun: true,
  } as const;
  return { kind: 'item', item };
}
