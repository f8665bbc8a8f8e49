import { AppError } from '../errors/app-error.ts';
import { CATALOGUE, type ErrorCode } from '../errors/catalogue.ts';
import { renderReportText, type TextRole } from '../report/report-text.ts';
import type { Report } from '../report/schema.ts';
import type { CliContext } from './act.ts';
import { type Colour, paint, printJson, printLine, widthOf } from './print.ts';
import { errorLine } from './print-error.ts';

const COLOURS: Record<TextRole, Colour> = {
  heading: 'bold',
  good: 'green',
  bad: 'red',
  waits: 'yellow',
  soft: 'dim',
  sum: 'bold',
};

/** The report of a run: text for people, report.json for programs; why it failed on stderr in both. */
export function printReport(context: CliContext, report: Report, folder: string): void {
  if (context.json) printJson(context, report);
  else printText(context, report, folder);
  if (report.error) context.stderr.write(`${errorLine(failureOf(report.error), context.stderr)}\n`);
}

function printText(context: CliContext, report: Report, folder: string): void {
  const style = (role: TextRole, line: string) => paint(COLOURS[role], line, context.stdout);
  context.stdout.write(renderReportText(report, { width: widthOf(context.stdout), style }));
  printLine(context, `Folder: ${folder}`);
}

/** The exit code that the outcome of a run leads to. */
export function exitCodeOf(report: Report): number {
  if (report.run.outcome === 'held') return CATALOGUE.held.exit;
  if (!report.error) return 0;
  return CATALOGUE[codeOf(report.error.code)].exit;
}

/** Written by this program, but perhaps by a later version of it with codes of its own. */
function codeOf(code: string): ErrorCode {
  return Object.keys(CATALOGUE).includes(code) ? (code as ErrorCode) : 'delivery_failed';
}

/** Why a run failed, as the error that it was. */
export function failureOf({ code, message, hint, place }: NonNullable<Report['error']>): AppError {
  const { file = '', line, column } = place ?? {};
  const where = place
    ? {
        place: { file, ...(line === undefined ? {} : { line }), ...(column === undefined ? {} : { column }) },
      }
    : {};
  return new AppError(codeOf(code), message, { hint, ...where });
}
