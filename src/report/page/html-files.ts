import { type Markup, markup } from '../markup.ts';
import { writeBytes, writeInstant } from '../plain-values.ts';
import type { KeptSettings } from '../report-details.ts';
import type { Report } from '../schema.ts';
import { clip, renderTable } from './html-table.ts';

const number = true;

/** What came in and what was made of it, each with its hash. */
export function renderFiles(report: Report): Markup {
  if (report.inputs.length + report.outputs.length === 0) return markup``;
  return markup`<section id="files">
<h2>Files</h2>
${report.inputs.length > 0 ? renderInputs(report) : markup``}${report.outputs.length > 0 ? renderOutputs(report) : markup``}${renderShipment(report)}</section>
`;
}

function renderInputs({ inputs }: Report): Markup {
  return renderTable({
    caption: 'Files received, as they arrived; kept in inbound/',
    columns: [
      { title: 'File' },
      { title: 'Name' },
      { title: 'Rows', number },
      { title: 'Size', number },
      { title: 'Encoding' },
      { title: 'SHA-256' },
    ],
    rows: inputs.map((input) => ({
      heading: input.name,
      cells: [
        { content: input.file, kind: 'value' },
        { content: input.rows, kind: 'number' },
        { content: writeBytes(input.bytes), kind: 'number' },
        { content: input.encoding },
        { content: markup`<code>${input.sha256}</code>` },
      ],
    })),
    printed: 10,
  });
}

function renderOutputs({ outputs }: Report): Markup {
  return renderTable({
    caption: 'Files made for the other side; kept in outbound/',
    columns: [
      { title: 'File' },
      { title: 'Name' },
      { title: 'Rows', number },
      { title: 'Size', number },
      { title: 'Delivered' },
      { title: 'SHA-256' },
    ],
    rows: outputs.map((output) => ({
      heading: output.name,
      cells: [
        { content: output.file, kind: 'value' },
        { content: output.rows, kind: 'number' },
        { content: writeBytes(output.bytes), kind: 'number' },
        { content: output.delivered_at === '' ? 'no' : writeInstant(output.delivered_at) },
        { content: markup`<code>${output.sha256}</code>` },
      ],
    })),
    printed: 10,
  });
}

/** What left the house in another form than it was made, such as a zip of all files. */
function renderShipment({ shipment = [] }: Report): Markup {
  if (shipment.length === 0) return markup``;
  return renderTable({
    caption: 'Sent in this form; kept in outbound/ as well',
    columns: [
      { title: 'Name' },
      { title: 'Has' },
      { title: 'Size', number },
      { title: 'Delivered' },
      { title: 'SHA-256' },
    ],
    rows: shipment.map((sent) => ({
      heading: sent.file,
      cells: [
        { content: clip(sent.holds.join(', '), LONGEST_RULE), kind: 'value' },
        { content: writeBytes(sent.bytes), kind: 'number' },
        { content: sent.delivered_at === '' ? 'no' : writeInstant(sent.delivered_at) },
        { content: markup`<code>${sent.sha256}</code>` },
      ],
    })),
    printed: 10,
  });
}

/** The settings in words, then mappings and settings as they were used. */
export function renderSettings(report: Report, mapping: readonly KeptSettings[]): Markup {
  const settings = Object.entries(report.settings ?? {});
  if (settings.length + mapping.length === 0) return markup``;
  const rules = renderTable({
    caption: 'The rules that this run went by',
    columns: [{ title: 'About' }, { title: 'Rule' }],
    rows: settings.map(([about, rule]) => ({
      heading: about,
      cells: [{ content: clip(rule, LONGEST_RULE) }],
    })),
    printed: 16,
  });
  return markup`<section id="rules">
<h2>Mapping and settings used</h2>
${settings.length > 0 ? rules : markup``}${mapping.length > 0 ? renderMapping(mapping) : markup``}</section>
`;
}

const LONGEST_RULE = 500;
/** So much of each file is on the page; a mapping of a hundred fields has half of it. */
const LONGEST_TEXT = 20_000;
const TEXTS_SHOWN = 8;

function renderMapping(mapping: readonly KeptSettings[]): Markup {
  const table = renderTable({
    caption: 'Mappings and settings as they were used; kept in mapping/, secrets left out',
    columns: [{ title: 'Name' }, { title: 'Size', number }, { title: 'SHA-256' }],
    rows: mapping.map(({ file, sizeBytes, sha256 }) => ({
      heading: file,
      cells: [
        { content: writeBytes(sizeBytes), kind: 'number' },
        { content: markup`<code>${sha256}</code>` },
      ],
    })),
    printed: 6,
  });
  return markup`${table}${mapping.slice(0, TEXTS_SHOWN).map(renderText)}`;
}

/** Line by line: the ends of lines are the one thing in it that must not be written out as what cannot be seen. */
function renderText({ file, text }: KeptSettings): Markup {
  const lines = clip(text, LONGEST_TEXT).split(/\r?\n/);
  return markup`<details class="on-screen">
<summary>${file}</summary>
<pre tabindex="0">${lines.map((one, at) => markup`${at === 0 ? markup`` : markup`\n`}${one}`)}</pre>
</details>
`;
}
