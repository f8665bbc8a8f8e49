import { raw } from 'hono/html';
import { type Markup, markup } from './markup.ts';
import { renderBooks } from './page/html-books.ts';
import { renderChanges } from './page/html-changes.ts';
import { renderDecisions } from './page/html-decisions.ts';
import { renderExceptions } from './page/html-exceptions.ts';
import { renderFiles, renderSettings } from './page/html-files.ts';
import { renderFirstScreen } from './page/html-first-screen.ts';
import { renderNotices } from './page/html-notices.ts';
import { renderReasons } from './page/html-reasons.ts';
import { renderSafeguards } from './page/html-safeguards.ts';
import { REPORT_STYLE, REPORT_STYLE_SHA256 } from './page/report-style.ts';
import { NO_DETAILS, type ReportDetails } from './report-details.ts';
import { OUTCOME_WORDS } from './report-words.ts';
import type { Report } from './schema.ts';

/** Nothing is fetched, nothing runs; the one style is named by its hash. */
const POLICY = `default-src 'none'; style-src 'sha256-${REPORT_STYLE_SHA256}'; base-uri 'none'; form-action 'none'`;

/** report.html: one file that needs no other, has no script, and can be printed or mailed. */
export function renderReportHtml(report: Report, details: ReportDetails = NO_DETAILS): string {
  const { run } = report;
  const sections = renderSections(report, details);
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
${renderFirstScreen(report)}${renderContents(sections)}${sections.map(({ content }) => content)}</main>
${renderFooter(report)}</body>
</html>
`;
  return page.toString();
}

interface Section {
  id: string;
  title: string;
  content: Markup;
}

/** In the order in which people ask; a part that has nothing to say is not there. */
function renderSections(report: Report, { exceptions, changes, past, mapping }: ReportDetails): Section[] {
  return [
    { id: 'books', title: 'Where every row went', content: renderBooks(report) },
    { id: 'reasons', title: 'Why', content: renderReasons(report, exceptions) },
    { id: 'exceptions', title: 'Exceptions', content: renderExceptions(report, exceptions) },
    { id: 'changes', title: 'Changes', content: renderChanges(report, changes) },
    { id: 'safeguards', title: 'Safeguards', content: renderSafeguards(report, past) },
    { id: 'decisions', title: 'Decisions', content: renderDecisions(report) },
    { id: 'notices', title: 'Worth knowing', content: renderNotices(report) },
    { id: 'files', title: 'Files', content: renderFiles(report) },
    { id: 'rules', title: 'Mapping and settings', content: renderSettings(report, mapping) },
  ].filter(({ content }) => content.toString() !== '');
}

function renderContents(sections: readonly Section[]): Markup {
  if (sections.length < 2) return markup``;
  return markup`<nav aria-label="Parts of this report">
<ul>
${sections.map(({ id, title }) => markup`<li><a href="#${raw(id)}">${title}</a></li>\n`)}</ul>
</nav>
`;
}

function renderFooter({ run, program }: Report): Markup {
  const made = program ? ` by Rosterferry ${program.version} on Node ${program.node}` : '';
  return markup`<footer class="soft">
<p>Made${made} for run ${run.id}. The numbers are those of <a href="report.json">report.json</a> beside this file; once the run is sealed, SHA256SUMS says whether either was altered (<code>rosterferry verify</code>).</p>
</footer>
`;
}
