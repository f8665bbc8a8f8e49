import { explained, renderTable } from './html-table.ts';
import { type Markup, markup } from './markup.ts';
import { writeBytes, writeInstant } from './plain-values.ts';
import { describeWhere, NOT_MEASURED, SAFEGUARD_MEANINGS } from './report-words.ts';
import type { Report } from './schema.ts';

export function renderSafeguards(report: Report): Markup {
  if (report.safeguards.length === 0) return markup``;
  const table = renderTable({
    caption: 'Each limit beside what was measured; more than the limit stops the run',
    columns: [
      { title: 'Safeguard' },
      { title: 'File' },
      { title: 'Limit' },
      { title: 'Measured' },
      { title: '' },
    ],
    rows: report.safeguards.map((one) => ({
      heading: explained(one.name, SAFEGUARD_MEANINGS[one.name] ?? ''),
      cells: [
        { content: describeWhere(one) },
        { content: one.limit, kind: 'number' },
        { content: one.value, kind: 'number' },
        one.breached
          ? { content: 'breached', kind: 'breached' }
          : { content: one.value === NOT_MEASURED ? '' : 'within' },
      ],
    })),
  });
  return markup`<h2>Safeguards</h2>
${table}`;
}

export function renderFiles(report: Report): Markup {
  const number = true;
  const inputs = renderTable({
    caption: 'Files received, as they arrived',
    columns: [
      { title: 'File' },
      { title: 'Name' },
      { title: 'Rows', number },
      { title: 'Size', number },
      { title: 'Encoding' },
      { title: 'SHA-256' },
    ],
    rows: report.inputs.map((input) => ({
      heading: input.name,
      cells: [
        { content: input.file, kind: 'value' },
        { content: input.rows, kind: 'number' },
        { content: writeBytes(input.bytes), kind: 'number' },
        { content: input.encoding },
        { content: markup`<code>${input.sha256}</code>` },
      ],
    })),
  });
  const outputs = renderTable({
    caption: 'Files made for the other side',
    columns: [
      { title: 'File' },
      { title: 'Name' },
      { title: 'Rows', number },
      { title: 'Size', number },
      { title: 'Delivered' },
      { title: 'SHA-256' },
    ],
    rows: report.outputs.map((output) => ({
      heading: output.name,
      cells: [
        { content: output.file, kind: 'value' },
        { content: output.rows, kind: 'number' },
        { content: writeBytes(output.bytes), kind: 'number' },
        { content: output.delivered_at === '' ? 'no' : writeInstant(output.delivered_at) },
        { content: markup`<code>${output.sha256}</code>` },
      ],
    })),
  });
  return markup`<h2>Files</h2>
${report.inputs.length > 0 ? inputs : markup``}${report.outputs.length > 0 ? outputs : markup``}`;
}
