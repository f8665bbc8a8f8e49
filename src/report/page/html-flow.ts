import { buildFlow } from '../flow-graph.ts';
import { type Markup, markup } from '../markup.ts';
import { writeCount, writeCounted } from '../plain-values.ts';
import type { Report } from '../schema.ts';
import { drawFlow } from './draw-flow.ts';

/** A drop of many files is told by its table; a dozen pictures would not be looked at. */
const MOST_PICTURES = 6;

/** A picture of each file: its rows from where they were read to their end. */
export function renderFlows(report: Report): Markup {
  const files = Object.keys(report.totals).slice(0, MOST_PICTURES);
  return markup`${files.map((file, at) => renderFlow(report, file, at))}`;
}

function renderFlow(report: Report, file: string, at: number): Markup {
  const flow = buildFlow(report, file);
  if (!flow) return markup``;
  const ends = flow.nodes.filter(({ key }) => !flow.links.some(({ source }) => source === key));
  const description = ends.map(({ label, count }) => `${label} ${writeCount(count)}`).join(', ');
  const title = `${file}: where ${writeCounted(report.totals[file]?.read ?? 0, 'row')} went`;
  const words = { id: `flow-${at}`, title, description: `Their ends: ${description}.` };
  return markup`<figure>
<figcaption>${file}${describeDelivered(report, file)}</figcaption>
${drawFlow(flow, words)}</figure>
`;
}

/** Rows that go out and were never read are in no picture of rows that were. */
function describeDelivered(report: Report, file: string): Markup {
  const totals = report.totals[file];
  const { outcome } = report.run;
  if (!totals || (outcome !== 'delivered' && outcome !== 'nothing_to_deliver')) return markup``;
  const { delivered, carried, carried_forward } = totals;
  const forward =
    carried_forward > 0 ? `, ${writeCount(carried_forward)} of them as they were delivered last time` : '';
  const unsaid = delivered < carried ? '; what did not change was not sent again' : '';
  return markup` <span class="soft">${writeCounted(delivered, 'row')} delivered${forward}${unsaid}</span>`;
}
