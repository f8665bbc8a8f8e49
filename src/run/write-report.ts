import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../errors/app-error.ts';
import { writeWhole } from '../files/write-whole.ts';
import { readTable } from '../parse/read-table.ts';
import { renderReportJson } from '../report/build-report.ts';
import type { ExceptionRow } from '../report/exceptions-csv.ts';
import { renderReportHtml } from '../report/report-html.ts';
import { type Report, reportSchema } from '../report/schema.ts';
import type { OpenRun } from './open-run.ts';

/** So many exceptions stand in report.html; all of them stand in exceptions.csv. */
const SHOWN_EXCEPTIONS = 50;

/** report.json and report.html, each whole; may be written again while the run goes on. */
export async function writeReport(run: OpenRun, report: Report): Promise<void> {
  const { path } = run.folder;
  await writeWhole(join(path, 'report.json'), renderReportJson(report));
  const exceptionCount = Object.values(report.totals).reduce(
    (sum, one) => sum + one.rejected + one.duplicate + one.ineligible + one.held,
    0,
  );
  const details = { exceptions: await firstExceptions(path), exceptionCount };
  await writeWhole(join(path, 'report.html'), renderReportHtml(report, details));
}

export async function readReport(folderPath: string): Promise<Report> {
  return reportSchema.parse(JSON.parse(await readFile(join(folderPath, 'report.json'), 'utf8')));
}

/** A run that failed early has none, and after a full disk they cannot be read: report.html says so, why it failed first. */
async function firstExceptions(folderPath: string): Promise<ExceptionRow[]> {
  try {
    const { rows } = await readTable(join(folderPath, 'exceptions.csv'), { limit: SHOWN_EXCEPTIONS });
    return rows.map(asException);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}

function asException(row: Readonly<Record<string, string>>): ExceptionRow {
  const { file = '', field = '', code = '', message = '', value = '' } = row;
  return {
    file,
    row: Number(row.row),
    line: Number(row.line),
    studentId: row.student_id ?? '',
    field,
    code,
    message,
    value,
  };
}
