import { FINDING_CODES } from '../../vocabulary/finding.ts';
import { FINDING_HINTS } from '../../vocabulary/finding-hints.ts';
import type { ExceptionGroup, ExceptionSummary } from '../exception-groups.ts';
import { type FixStep, orderFixes } from '../fix-order.ts';
import { type Markup, markup } from '../markup.ts';
import { ended, writeCount, writeCounted } from '../plain-values.ts';
import type { Report } from '../schema.ts';
import { renderFirstRows } from './html-first-rows.ts';
import { type Cell, clip, renderTable } from './html-table.ts';

/** Causes in the fix order, and of how many the first rows are shown. */
const CAUSES_SHOWN = 40;

/** The rows that are not carried: what to mend first, and the first rows of each cause. */
export function renderExceptions(report: Report, exceptions: ExceptionSummary | undefined): Markup {
  const count = Object.values(report.totals).reduce(
    (sum, one) => sum + one.rejected + one.duplicate + one.ineligible + one.held,
    0,
  );
  if (count === 0) return markup``;
  const all = markup`<p>${writeCounted(count, 'row')} of this run ${count === 1 ? 'is' : 'are'} not carried; each stands with its line, field and value in <a href="exceptions.csv">exceptions.csv</a>.</p>`;
  const body =
    !exceptions || exceptions.lines === 0
      ? // As after a full disk: the report is still worth having, and says what it lacks.
        markup`<p>${writeCounted(count, 'row')} should stand in exceptions.csv, but none of them could be read there.</p>\n`
      : markup`${all}${exceptions.isCut ? renderCut(exceptions) : ''}
${renderFixes(exceptions)}${renderFirstRows(exceptions.groups)}`;
  return markup`<section id="exceptions">
<h2>Exceptions</h2>
${body}</section>
`;
}

function renderCut({ lines }: ExceptionSummary): Markup {
  return markup`\n<p>The causes below are those of its first ${writeCount(lines)} lines.</p>`;
}

function renderFixes({ groups }: ExceptionSummary): Markup {
  const steps = orderFixes(groups);
  if (steps.length === 0) return markup``;
  const causes = steps.flatMap((step, at) => step.groups.map((group) => ({ step: at + 1, group })));
  const shown = causes.slice(0, CAUSES_SHOWN);
  const cut =
    shown.length < causes.length
      ? ` The first ${writeCount(shown.length)} of ${writeCount(causes.length)} causes.`
      : '';
  const table = renderTable({
    caption: `Causes of rejected rows in the order in which to mend them; within a step, most rows first. A row with two faults is counted under both.${cut}`,
    columns: [
      { title: 'Cause and what to do' },
      { title: 'Step', number: true },
      { title: 'Where' },
      { title: 'Rows', number: true },
      { title: 'Values that repeat' },
    ],
    rows: shown.map(({ step, group }) => rowOf(step, group)),
    printed: 8,
  });
  return markup`<h3>What to mend, in this order</h3>
<ol class="steps">
${steps.map(renderStep)}</ol>
${table}`;
}

function renderStep({ title, why, groups }: FixStep): Markup {
  const rows = groups.reduce((sum, group) => sum + group.rows, 0);
  return markup`<li><strong>${title}</strong>, ${writeCounted(rows, 'fault')}. ${why}</li>
`;
}

function rowOf(step: number, group: ExceptionGroup) {
  const { code, file, field, message, rows, values } = group;
  const [meanings, hints]: Record<string, string>[] = [FINDING_CODES, FINDING_HINTS];
  const cause = message === '' ? (meanings?.[code] ?? '') : clip(ended(message));
  const where = field === '' ? file : `${file}: ${field}`;
  const repeated = values.map(
    ({ value, rows: count }) =>
      markup`<span class="value">${clip(value, 40)}</span> <small>${writeCount(count)} rows</small><br>`,
  );
  const cells: Cell[] = [
    { content: step, kind: 'number' },
    { content: where },
    { content: rows, kind: 'number' },
    { content: markup`${repeated}` },
  ];
  return { heading: code, meaning: `${cause} ${hints?.[code] ?? ''}`.trim(), cells };
}
