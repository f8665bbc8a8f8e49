import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ANSWER_COLUMNS, answerRow, summariseAnswer } from '../../acknowledge/build-answer.ts';
import { AppError } from '../../errors/app-error.ts';
import { type AppendFile, openAppendFile } from '../../files/append-file.ts';
import { diskError } from '../../files/disk-error.ts';
import { hashFile } from '../../files/hash-file.ts';
import { makeFolder } from '../../files/write-whole.ts';
import { renderLines } from '../../report/csv-lines.ts';
import type { Report } from '../../report/schema.ts';
import { claimedPath, type OpenRun } from '../open-run.ts';
import { readReport } from '../read-report.ts';
import type { RunTools } from '../run-tools.ts';
import { readRemarks } from './read-remarks.ts';
import { openRowTexts, type RowTexts } from './row-texts.ts';
import { isWaiting, makeWaitingFolder, waitingPath, writeWaiting } from './waiting-answers.ts';

/** The folder of a run with the result file that the district is given. */
const ANSWER_FOLDER = 'answer';

/**
 * Right before the seal, while the dropped files are there in plain: the result file for the district, once for the sealed
 * folder and once to be sent from. May be repeated after a crash; one that was finished before stays.
 */
export async function draftAnswer(run: OpenRun, tools: Pick<RunTools, 'archivePath'>): Promise<void> {
  const { archivePath } = tools;
  const { id, connection } = run.record.facts;
  // A run for some students alone says nothing about the other rows of the drop.
  if (!run.connection.settings.answer || run.record.lane) return;
  if (await isWaiting(archivePath, connection, id)) return;
  const report = await readReport(run.folder.path);
  const name = `results_${report.run.business_date}_${id}.csv`;
  const folder = join(run.folder.path, ANSWER_FOLDER);
  await makeFolder(folder);
  await makeWaitingFolder(archivePath, connection);
  await writeAnswer(join(folder, name), { run, report });
  await copyFile(join(folder, name), waitingPath(archivePath, connection, { name })).catch(
    (cause: unknown) => {
      throw diskError(`Cannot copy the result file of ${id}`, cause);
    },
  );
  const digest = await hashFile(join(folder, name));
  await writeWaiting(archivePath, connection, { run: id, name, ...digest });
}

interface Answering {
  run: OpenRun;
  report: Report;
}

async function writeAnswer(path: string, answering: Answering): Promise<void> {
  const file = openAppendFile(path);
  try {
    // A spreadsheet takes the text for another encoding without the mark.
    file.appendText('\ufeff');
    file.appendText(renderLines([ANSWER_COLUMNS, ...summariseAnswer(factsOf(answering))]));
    await writeRows(file, answering);
    await file.sync();
  } finally {
    file.close();
  }
}

function factsOf({ run, report }: Answering): Parameters<typeof summariseAnswer>[0] {
  const { id, business_date: businessDate, outcome } = report.run;
  const { error, inputs, totals } = report;
  const { title = run.connection.name } = run.connection.settings;
  return {
    run: id,
    title,
    businessDate,
    outcome,
    files: inputs.flatMap(({ name, file }) => (totals[name] ? [{ file, totals: totals[name] }] : [])),
    failure: error && { message: error.message, hint: error.hint },
  };
}

/** Rows of one file follow one another, so that each file is read once. */
async function writeRows(file: AppendFile, answering: Answering): Promise<void> {
  let texts: { file: string; row: number; of: RowTexts } | undefined;
  try {
    for await (const remarks of readRemarks(answering.run.folder.path)) {
      const [first] = remarks;
      if (texts?.file !== first.file || texts.row >= first.row) {
        await texts?.of.close();
        texts = { file: first.file, row: 0, of: await openTexts(answering, first.file) };
      }
      texts.row = first.row;
      file.appendText(renderLines([answerRow(remarks, await texts.of.textOf(first.row))]));
    }
  } finally {
    await texts?.of.close();
  }
}

const NO_TEXTS: RowTexts = { textOf: async () => '', close: async () => undefined };

/** A file that cannot be read any more leaves the text of its rows blank: what was wrong with them is known all the same. */
async function openTexts({ run, report }: Answering, file: string): Promise<RowTexts> {
  const claimed = run.record.claimed.find((one) => one.file === file);
  const plan = claimed && run.connection.files.get(claimed.name);
  if (!claimed || !plan) return NO_TEXTS;
  const input = report.inputs.find((one) => one.name === claimed.name);
  const { read } = plan.mapping;
  const known = {
    ...(input?.encoding ? { encoding: input.encoding } : {}),
    ...(input?.delimiter && !read.fixed_width ? { delimiter: input.delimiter } : {}),
  };
  try {
    return forgiving(await openRowTexts(claimedPath(run, claimed), file, { ...read, ...known }));
  } catch (error) {
    if (error instanceof AppError) return NO_TEXTS;
    throw error;
  }
}

function forgiving(texts: RowTexts): RowTexts {
  return {
    ...texts,
    async textOf(row) {
      try {
        return await texts.textOf(row);
      } catch (error) {
        if (error instanceof AppError) return '';
        throw error;
      }
    },
  };
}
