import type { ExceptionRow } from './exceptions-csv.ts';
import { renderTable } from './html-table.ts';
import { type Markup, markup } from './markup.ts';
import { writeCount, writeCounted } from './plain-values.ts';
import type { Report } from './schema.ts';

const EXCEPTIONS_SHOWN = 50;

/** The first exceptions with their values: whoever may open the archive may see them. */
export function renderExceptionTable(exceptions: readonly ExceptionRow[], count: number): Markup {
  if (count === 0) return markup``;
  if (exceptions.length === 0) return renderUnread(count);
  const shown = exceptions.slice(0, EXCEPTIONS_SHOWN);
  const caption =
    shown.length < count
      ? `The first ${writeCount(shown.length)} of ${writeCount(count)}; exceptions.csv has all of them`
      : `All ${writeCount(count)}, as in exceptions.csv`;
  const number = true;
  const table = renderTable({
    caption,
    columns: [
      { title: 'File' },
      { title: 'Row', number },
      { title: 'Line', number },
      { title: 'Student' },
      { title: 'Field' },
      { title: 'Code' },
      { title: 'What is wrong' },
      { title: 'Value' },
    ],
    rows: shown.map((one) => ({
      heading: one.file,
      cells: [
        { content: one.row, kind: 'number' },
        { content: one.line, kind: 'number' },
        { content: one.studentId, kind: 'value' },
        { content: one.field },
        { content: one.code },
        { content: one.message },
        { content: one.value, kind: 'value' },
      ],
    })),
  });
  return markup`<h2>Exceptions</h2>
${table}`;
}

/** As after a full disk: the report is still worth having, and says what it lacks. */
function renderUnread(count: number): Markup {
  return markup`<h2>Exceptions</h2>
<p>${writeCounted(count, 'row')} should stand in exceptions.csv, but none of them could be read there.</p>
`;
}

export function renderNotices(report: Report): Markup {
  const notices = [
    ...(report.notices ?? []).map((notice) => ({ ...notice, file: notice.file ?? '' })),
    ...report.inputs.flatMap((input) =>
      (input.notices ?? []).map((notice) => ({ ...notice, file: notice.file ?? input.name })),
    ),
  ];
  if (notices.length === 0) return markup``;
  const items = notices.map(
    ({ file, message }) => markup`<li>${file === '' ? message : `${file}: ${message}`}</li>\n`,
  );
  return markup`<h2>Worth knowing</h2>
<ul>
${items}</ul>
`;
}

export function renderSettings(report: Report): Markup {
  const settings = Object.entries(report.settings ?? {});
  if (settings.length === 0) return markup``;
  const table = renderTable({
    caption: 'The rules that this run went by',
    columns: [{ title: 'About' }, { title: 'Rule' }],
    rows: settings.map(([about, rule]) => ({ heading: about, cells: [{ content: rule }] })),
  });
  return markup`<h2>Rules</h2>
${table}`;
}
