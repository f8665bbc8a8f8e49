import { raw } from 'hono/html';
import { type Answer, answerReader } from './answer-reader.ts';
import type { ExceptionRow } from './exceptions-csv.ts';
import { renderBooks } from './html-books.ts';
import { renderDecisions } from './html-decisions.ts';
import { renderFiles, renderSafeguards } from './html-files.ts';
import { renderExceptionTable, renderNotices, renderSettings } from './html-remarks.ts';
import { type Markup, markup } from './markup.ts';
import { writeInstant } from './plain-values.ts';
import { REPORT_STYLE, REPORT_STYLE_SHA256 } from './report-style.ts';
import { OUTCOME_WORDS } from './report-words.ts';
import type { Report } from './schema.ts';

export interface ReportDetails {
  /** The first exceptions of the run; more than are shown does no harm, and none where they cannot be read. */
  exceptions: readonly ExceptionRow[];
  /** How many there are in all. */
  exceptionCount: number;
}

const NO_DETAILS: ReportDetails = { exceptions: [], exceptionCount: 0 };

/** Nothing is fetched, nothing runs; the one style is named by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${REPORT_STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;

/** report.html: one file that needs no other, has no script, and can be printed or mailed. */
export function renderReportHtml(report: Report, details: ReportDetails = NO_DETAILS): string {
  const { run } = report;
  const page = markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${raw(POLICY)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${OUTCOME_WORDS[run.outcome]} - ${run.connection} ${run.business_date} - Rosterferry</title>
<style>${raw(REPORT_STYLE)}</style>
</head>
<body>
<main>
${renderFirstScreen(report)}${renderBooks(report)}${renderSafeguards(report)}${renderExceptionTable(details.exceptions, details.exceptionCount)}${renderNotices(report)}${renderDecisions(report)}${renderFiles(report)}${renderSettings(report)}</main>
${renderFooter(report)}</body>
</html>
`;
  return page.toString();
}

function renderFirstScreen(report: Report): Markup {
  const { run } = report;
  const { wentOut, balance, todo } = answerReader(report);
  const items = todo.map((one) => markup`<li>${one}</li>\n`);
  const lane = report.lane === undefined ? '' : `; only a part was meant: ${report.lane}`;
  const first = report.first_run ? '; the first run of this connection' : '';
  return markup`<header>
<h1>${run.connection}, ${run.business_date}</h1>
<p class="soft">Run ${run.id}; ${run.environment}; started ${writeInstant(run.started_at)} (${run.trigger})${lane}${first}</p>
</header>
<dl class="answers">
${renderAnswer('Did it go out?', wentOut)}${renderAnswer('Do the books balance?', balance)}<div class="${raw(todo.length > 0 ? 'waits' : 'good')}"><dt>What needs a person?</dt>
<dd>${items.length === 0 ? 'Nothing.' : markup`<ul>\n${items}</ul>`}</dd></div>
</dl>
`;
}

function renderAnswer(question: string, { tone, text }: Answer): Markup {
  return markup`<div class="${raw(tone)}"><dt>${question}</dt>
<dd>${text}</dd></div>
`;
}

function renderFooter({ run, program }: Report): Markup {
  const made = program ? ` by Rosterferry ${program.version} on Node ${program.node}` : '';
  const finished = run.finished_at === '' ? '' : ` Finished ${writeInstant(run.finished_at)}.`;
  return markup`<footer class="soft">
<p>Made${made}.${finished} The numbers are those of report.json beside this file; SHA256SUMS says whether either was altered.</p>
</footer>
`;
}
