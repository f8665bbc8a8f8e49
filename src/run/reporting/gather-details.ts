import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../errors/app-error.ts';
import { errnoOf } from '../../files/disk-error.ts';
import { hashFile } from '../../files/hash-file.ts';
import { openInput } from '../../parse/open-input.ts';
import { readSchema } from '../../parse/schema.ts';
import { type ChangeSummary, openChangeSamples } from '../../report/change-samples.ts';
import { type ExceptionSummary, openExceptionGroups } from '../../report/exception-groups.ts';
import type { KeptSettings, ReportDetails } from '../../report/report-details.ts';
import type { OpenRun } from '../open-run.ts';
import { readPastRuns } from './past-runs.ts';

/** What report.html shows beside report.json, read from the run's folder and from the runs before it. */
export async function gatherDetails({ folder, record }: OpenRun): Promise<ReportDetails> {
  return {
    exceptions: await readExceptions(folder.path),
    changes: await readChanges(folder.path),
    past: await readPastRuns(folder.archive, record.facts),
    mapping: await readMapping(folder.mapping),
  };
}

/** Causes are counted over so many lines; a night beyond that has one cause, and no list of them. */
const MOST_EXCEPTIONS = 50_000;
/** How often a field changed is counted over so many lines; the books count the records themselves. */
const MOST_CHANGES = 20_000;

async function readExceptions(folder: string): Promise<ExceptionSummary | undefined> {
  const groups = openExceptionGroups();
  const isCut = await walkLines(join(folder, 'exceptions.csv'), MOST_EXCEPTIONS, (values) => {
    const [file = '', row, line, studentId = '', field = '', code = '', message = '', value = ''] = values;
    groups.add({ file, row: Number(row), line: Number(line), studentId, field, code, message, value });
  });
  return isCut === undefined ? undefined : groups.summary(isCut);
}

async function readChanges(folder: string): Promise<ChangeSummary | undefined> {
  const samples = openChangeSamples();
  const isCut = await walkLines(join(folder, 'changes.csv'), MOST_CHANGES, (values) => {
    const [studentId = '', change = '', field = '', before = '', after = ''] = values;
    samples.add({ studentId, change, field, before, after });
  });
  return isCut === undefined ? undefined : samples.summary(isCut);
}

const OUR_CSV = readSchema.parse({ encoding: 'utf-8', delimiter: ',' });

/**
 * Whether there are more lines than the most that are read. Undefined where the file cannot be read: a run that failed
 * early has none, and after a full disk it breaks off. report.html then says so; why the run failed stands there first.
 */
async function walkLines(
  path: string,
  most: number,
  take: (values: readonly string[]) => void,
): Promise<boolean | undefined> {
  try {
    const { batches } = await openInput({ path, file: path, read: OUR_CSV, wanted: [] });
    let lines = 0;
    for await (const batch of batches())
      for (const { values, flaw } of batch) {
        if (lines === most) return true;
        lines += 1;
        if (!flaw) take(values);
      }
    return false;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** A mapping longer than this is a mistake, or not for reading. */
const LONGEST_MAPPING = 200_000;

async function readMapping(folder: string): Promise<KeptSettings[]> {
  const kept: KeptSettings[] = [];
  for (const file of await namesIn(folder)) {
    const path = join(folder, file);
    const text = (await readFile(path, 'utf8')).slice(0, LONGEST_MAPPING);
    kept.push({ file, text, ...(await hashFile(path)) });
  }
  return kept;
}

/** A run that failed before its mappings were kept has no such folder. */
async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'))
      .map(({ name }) => name)
      .toSorted();
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return [];
    throw error;
  }
}
