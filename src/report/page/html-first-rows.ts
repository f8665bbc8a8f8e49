import type { ExceptionGroup, GroupKind } from '../exception-groups.ts';
import { orderFixes } from '../fix-order.ts';
import { type Markup, markup } from '../markup.ts';
import { ended, writeCount, writeCounted } from '../plain-values.ts';
import { clip, type GroupHead, type Row, renderTable } from './html-table.ts';

/** So many causes have their first rows on the page; the table of causes names more. */
const GROUPS_SHOWN = 24;

const TITLES: Record<GroupKind, string> = {
  broken: 'Rejected: the first rows of each cause',
  held: 'Waiting for a person: the first rows',
  left_out: 'Left out by a rule: the first rows of each answer',
  duplicate: 'Duplicates: the first rows',
};

/** The first rows of each cause, with their values: whoever may open the archive may see them. */
export function renderFirstRows(groups: readonly ExceptionGroup[]): Markup {
  const others = (kind: GroupKind) => groups.filter((group) => group.kind === kind).toSorted(byRows);
  return markup`${[
    renderKind(
      'broken',
      orderFixes(groups).flatMap((step) => step.groups),
    ),
    renderKind('held', others('held')),
    renderKind('left_out', others('left_out')),
    renderKind('duplicate', others('duplicate')),
  ]}`;
}

function byRows(one: ExceptionGroup, other: ExceptionGroup): number {
  return other.rows - one.rows;
}

/** One table a kind, with a line over the rows of each cause. Paper has those with which somebody has to do something. */
function renderKind(kind: GroupKind, groups: readonly ExceptionGroup[]): Markup {
  const shown = groups.slice(0, GROUPS_SHOWN);
  if (shown.length === 0) return markup``;
  const rows = shown.flatMap((group, at) => rowsOf(group, at >= GROUPS_PRINTED));
  const count = rows.length - shown.length;
  const all = groups.reduce((sum, group) => sum + group.rows, 0);
  const caption =
    count < all
      ? `${writeCount(count)} of ${writeCount(all)}; exceptions.csv has all of them`
      : `All ${writeCount(all)}, as in exceptions.csv`;
  const number = true;
  const columns = [
    { title: 'Student' },
    { title: 'Line', number },
    { title: 'Row', number },
    { title: 'Value' },
  ];
  const isToDo = kind === 'broken' || kind === 'held';
  return markup`<div${isToDo ? markup`` : markup` class="on-screen"`}>
<h3>${TITLES[kind]}</h3>
${renderTable({ caption, label: TITLES[kind], columns, rows })}</div>
`;
}

/** What is no fault is looked at, not mended: a few rows are enough. */
const FIRST_SOUND = 3;
/** Paper has fewer. */
const GROUPS_PRINTED = 6;
const FIRST_PRINTED = 2;

function rowsOf(
  { kind, file, field, code, message, rows, first }: ExceptionGroup,
  isRest: boolean,
): (Row | GroupHead)[] {
  const where = field === '' ? file : `${file}, ${field}`;
  const group = markup`${code} <span class="soft">${where}: ${clip(ended(message))} ${writeCounted(rows, 'row')}</span>`;
  const shown = kind === 'broken' ? first : first.slice(0, FIRST_SOUND);
  return [
    { group, isRest },
    ...shown.map((one, at) => ({
      heading: one.studentId,
      isValue: true,
      isRest: isRest || at >= FIRST_PRINTED,
      cells: [
        { content: one.line, kind: 'number' as const },
        { content: one.row, kind: 'number' as const },
        { content: one.value, kind: 'value' as const },
      ],
    })),
  ];
}
