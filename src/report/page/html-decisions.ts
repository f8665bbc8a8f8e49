import { type Markup, markup } from '../markup.ts';
import { writeCount, writeInstant } from '../plain-values.ts';
import type { Decision, Report } from '../schema.ts';
import { sortDecisions } from '../sort-decisions.ts';
import { type Cell, clip, renderTable } from './html-table.ts';

const SHOWN = 200;
const PRINTED = 4;

/** Who decided what and why: first about the run, then about single records, with their values. */
export function renderDecisions(report: Report): Markup {
  if (report.decisions.length === 0) return markup``;
  const { ofRun, ofRecords } = sortDecisions(report);
  return markup`<section id="decisions">
<h2>Decisions</h2>
${ofRun.length > 0 ? renderOfRun(ofRun) : markup``}${ofRecords.length > 0 ? renderOfRecords(ofRecords) : markup``}</section>
`;
}

function renderOfRun(decisions: readonly Decision[]): Markup {
  return renderTable({
    caption: 'What people decided about this run',
    columns: [{ title: 'Decision' }, ...WHO.map((title) => ({ title }))],
    rows: decisions.map((one) => ({ heading: one.decision, cells: cellsOfWho(one, LONGEST_REASON) })),
    printed: PRINTED,
  });
}

function renderOfRecords(decisions: readonly Decision[]): Markup {
  const shown = decisions.slice(0, SHOWN);
  const all = 'What people decided about records';
  const caption =
    shown.length < decisions.length
      ? `${all}: the first ${writeCount(shown.length)} of ${writeCount(decisions.length)}; report.json has all of them`
      : all;
  return renderTable({
    caption,
    columns: ['Decision', 'File', 'Student', 'Field', 'Before', 'After', ...WHO].map((title) => ({ title })),
    rows: shown.map((one) => ({
      heading: one.decision,
      cells: [
        { content: one.file ?? '' },
        { content: one.student_id ?? '', kind: 'value' },
        { content: one.field ?? '' },
        { content: one.before ?? '', kind: 'value' },
        { content: one.after ?? '', kind: 'value' },
        ...cellsOfWho(one, LONGEST_BESIDE_VALUES),
      ],
    })),
    printed: PRINTED,
  });
}

const WHO = ['By', 'When', 'Why'] as const;

const LONGEST_REASON = 1000;
/** In a table of nine columns there is no room for more. */
const LONGEST_BESIDE_VALUES = 160;

function cellsOfWho({ by, at, reason = '' }: Decision, longest: number): Cell[] {
  return [{ content: by }, { content: writeInstant(at) }, { content: clip(reason, longest) }];
}
