import { FINDING_CODES } from '../../vocabulary/finding.ts';
import { INELIGIBLE_REASONS, type IneligibleReason } from '../../vocabulary/verdict.ts';
import { describeRule } from '../describe-rule.ts';
import type { ExceptionGroup, ExceptionSummary } from '../exception-groups.ts';
import { type Markup, markup } from '../markup.ts';
import { writeCount } from '../plain-values.ts';
import { REMOVED_MEANINGS } from '../report-words.ts';
import type { Report } from '../schema.ts';
import { renderCounts } from './html-books.ts';

/** Why rows are not carried, each reason with its rule, and why records are gone. */
export function renderReasons(report: Report, exceptions: ExceptionSummary | undefined): Markup {
  const files = Object.keys(report.totals);
  const parts = [
    renderIneligible(report, files, exceptions),
    renderRejected(report, files),
    renderRemoved(report, files),
  ].filter((part) => part.toString() !== '');
  if (parts.length === 0) return markup``;
  return markup`<section id="reasons">
<h2>Why, and by which rule</h2>
${parts}</section>
`;
}

function renderIneligible(
  report: Report,
  files: readonly string[],
  exceptions: ExceptionSummary | undefined,
): Markup {
  const groups = (exceptions?.groups ?? []).filter(({ kind }) => kind === 'left_out');
  const rows = INELIGIBLE_REASONS.map((reason) => ({
    heading: reason,
    meaning: renderRule(reason, report, groups),
    counts: files.map((file) => report.ineligible[file]?.[reason] ?? 0),
  }));
  const caption = 'Rows left out, by the one rule that said no';
  return renderCounts('Left out by a rule', { caption, of: 'Reason', files, rows });
}

const ANSWERS_SHOWN = 8;

/** The rule, then what it said to whom: too young and too old are one rule and two answers. */
function renderRule(reason: IneligibleReason, report: Report, groups: readonly ExceptionGroup[]): Markup {
  const said = new Map<string, number>();
  for (const { code, message, rows } of groups)
    if (code === reason && message !== '') said.set(message, (said.get(message) ?? 0) + rows);
  const answers = [...said]
    .slice(0, ANSWERS_SHOWN)
    .map(([message, rows]) => markup`<br>${writeCount(rows)}: ${message}`);
  return markup`${describeRule(reason, report)}${said.size > 1 ? answers : []}`;
}

function renderRejected(report: Report, files: readonly string[]): Markup {
  const meanings: Record<string, string> = FINDING_CODES;
  const codes = new Set(files.flatMap((file) => Object.keys(report.rejected[file] ?? {})));
  const rows = [...codes].map((code) => ({
    heading: code,
    meaning: meanings[code] ?? '',
    counts: files.map((file) => report.rejected[file]?.[code] ?? 0),
  }));
  const caption = 'Rows rejected, by the first thing that is wrong with them';
  return renderCounts('Rejected', { caption, of: 'Code', files, rows });
}

function renderRemoved(report: Report, files: readonly string[]): Markup {
  const rows = (['absent', 'ineligible'] as const).map((why) => ({
    heading: why,
    meaning: REMOVED_MEANINGS[why],
    counts: files.map((file) => report.removed[file]?.[why] ?? 0),
  }));
  const caption = 'Records delivered last time and not carried now; changes.csv lists each, as removed';
  return renderCounts('Removed', { caption, of: 'Kind', files, rows });
}
