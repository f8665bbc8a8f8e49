import { join } from 'node:path';
import { writeWhole } from '../files/write-whole.ts';
import { renderReportJson } from '../report/build-report.ts';
import type { ReportDetails } from '../report/report-details.ts';
import { renderReportHtml } from '../report/report-html.ts';
import type { Report } from '../report/schema.ts';
import type { OpenRun } from './open-run.ts';
import { gatherDetails } from './reporting/gather-details.ts';

/**
 * report.json and report.html, each whole; may be written again while the run goes on.
 * @param details where they were gathered already
 */
export async function writeReport(
  run: OpenRun,
  report: Report,
  details?: Promise<ReportDetails>,
): Promise<void> {
  const { path } = run.folder;
  await writeWhole(join(path, 'report.json'), renderReportJson(report));
  const page = renderReportHtml(report, await (details ?? gatherDetails(run)));
  await writeWhole(join(path, 'report.html'), page);
}
