import type { ChangeGroup, ChangeSummary } from '../change-samples.ts';
import { type Markup, markup } from '../markup.ts';
import { writeCount, writeCounted } from '../plain-values.ts';
import type { Report } from '../schema.ts';
import { clip, type GroupHead, type Row, renderTable } from './html-table.ts';

/** What is new, other or gone against the last delivery: the first lines of each kind, before and after. */
export function renderChanges(report: Report, changes: ChangeSummary | undefined): Markup {
  if (changes?.lines === 0) return markup``;
  if (!changes) return report.run.outcome === 'failed' ? markup`` : renderUnread();
  const told = changes.groups.filter(({ first }) => first.some(isTold));
  const named = changes.groups.filter((group) => !told.includes(group));
  const cut = changes.isCut ? ` Counted in its first ${writeCount(changes.lines)} lines.` : '';
  return markup`<section id="changes">
<h2>Changes since the last delivery</h2>
<p><a href="changes.csv">changes.csv</a> has each field of each student, before and after.${cut}</p>
${named.map(renderNamed)}${told.length > 0 ? renderTold(told, report) : markup``}</section>
`;
}

function renderUnread(): Markup {
  return markup`<section id="changes">
<h2>Changes since the last delivery</h2>
<p>changes.csv could not be read.</p>
</section>
`;
}

/** A new record has no before, and its after is the outbound file. */
function isTold({ field, before, after }: ChangeGroup['first'][number]): boolean {
  return field !== '' || before !== '' || after !== '';
}

function renderNamed({ change, lines, first }: ChangeGroup): Markup {
  const more = lines - first.length;
  const ids = first.map(
    ({ studentId }, at) => markup`${at === 0 ? '' : ', '}<span class="value">${clip(studentId, 40)}</span>`,
  );
  return markup`<p><strong>${change}</strong>, ${writeCount(lines)}: ${ids}${more > 0 ? ` and ${writeCount(more)} more` : ''}.</p>
`;
}

/** One table, with a line over the first changes of each kind. Paper has fewer of them. */
function renderTold(groups: readonly ChangeGroup[], report: Report): Markup {
  const rows = groups.flatMap((group): (Row | GroupHead)[] => [
    { group: renderHead(group, report) },
    ...group.first.map(({ studentId, field, before, after }, at) => ({
      heading: studentId,
      isValue: true,
      isRest: at >= FIRST_PRINTED,
      cells: [
        { content: field },
        { content: before, kind: 'value' as const },
        { content: after, kind: 'value' as const },
      ],
    })),
  ]);
  const all = groups.reduce((sum, { lines }) => sum + lines, 0);
  const shown = rows.length - groups.length;
  const part =
    shown < all
      ? `the first of each kind, ${writeCount(shown)} of ${writeCount(all)} changes`
      : 'all changes';
  return renderTable({
    caption: `Before and after: ${part}`,
    columns: ['Student', 'Field', 'Before', 'After'].map((title) => ({ title })),
    rows,
  });
}

const FIRST_PRINTED = 2;
const FIELDS_SHOWN = 6;

function renderHead({ change, fields }: ChangeGroup, report: Report): Markup {
  const shown = fields.slice(0, FIELDS_SHOWN).map(({ field, lines }) => `${field} ${writeCount(lines)}`);
  const more = fields.length - shown.length;
  const most = [...shown, ...(more > 0 ? [`and ${writeCounted(more, 'other field')}`] : [])].join(', ');
  return markup`${change} <span class="soft">${writeCounted(countOf(report, change), 'record')}${most === '' ? '' : `: ${most}`}</span>`;
}

/** Of the books; a kind that they do not count by itself has no number there. */
function countOf({ totals }: Report, change: string): number {
  return Object.values(totals).reduce(
    (sum, one) => sum + (Object.entries(one).find(([key]) => key === change)?.[1] ?? 0),
    0,
  );
}
