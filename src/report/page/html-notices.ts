import { type Markup, markup } from '../markup.ts';
import { writeCounted } from '../plain-values.ts';
import type { Report } from '../schema.ts';
import { clip } from './html-table.ts';

const SHOWN = 30;
const LONGEST = 400;
const PRINTED = 5;

/** What stopped nothing and is worth knowing all the same. */
export function renderNotices(report: Report): Markup {
  const notices = [
    ...(report.notices ?? []).map((notice) => ({ ...notice, file: notice.file ?? '' })),
    ...report.inputs.flatMap((input) =>
      (input.notices ?? []).map((notice) => ({ ...notice, file: notice.file ?? input.name })),
    ),
  ];
  if (notices.length === 0) return markup``;
  const items = notices.slice(0, SHOWN).map(({ file, message }, at) => {
    const text = clip(file === '' ? message : `${file}: ${message}`, LONGEST);
    return at < PRINTED ? markup`<li>${text}</li>\n` : markup`<li class="rest">${text}</li>\n`;
  });
  const more = notices.length - SHOWN;
  return markup`<section id="notices">
<h2>Worth knowing</h2>
<ul>
${items}</ul>
${more > 0 ? markup`<p>And ${writeCounted(more, 'more notice')} in report.json.</p>\n` : markup``}</section>
`;
}
