import { type SankeyLink, type SankeyNode, sankey, sankeyJustify, sankeyLinkHorizontal } from 'd3-sankey';
import { raw } from 'hono/html';
import type { Flow, FlowLink, FlowNode } from '../flow-graph.ts';
import { type Markup, markup } from '../markup.ts';
import { writeCount } from '../plain-values.ts';

/** All in units of the picture, which are pixels where it is shown at its own size. */
interface Shape {
  name: 'wide' | 'narrow';
  width: number;
  /** Room for the words at the right. */
  wordsWidth: number;
}

const WIDE: Shape = { name: 'wide', width: 760, wordsWidth: 250 };
const NARROW: Shape = { name: 'narrow', width: 340, wordsWidth: 182 };
const NODE_WIDTH = 10;
const BETWEEN = 20;
const BODY = 130;
const TOP = 24;
/** One row among a million is still seen. */
const THINNEST = 1.5;

/** A longer name on a narrow picture goes without its share. */
const LONGEST_BESIDE_SHARE = 16;

interface Words {
  /** Differs for each picture of a page. */
  id: string;
  title: string;
  description: string;
}

type Width = Pick<FlowLink, 'count'>;
type Node = SankeyNode<FlowNode, Width>;
type Link = SankeyLink<FlowNode, Width>;

/** The flow twice, for wide and for narrow screens; the style shows one of them. */
export function drawFlow(flow: Flow, words: Words): Markup {
  return markup`${drawShape(flow, words, WIDE)}${drawShape(flow, words, NARROW)}`;
}

function drawShape(flow: Flow, words: Words, shape: Shape): Markup {
  const ends = flow.nodes.filter(({ key }) => !flow.links.some(({ source }) => source === key)).length;
  const height = TOP + BODY + Math.max(1, ends) * BETWEEN;
  const { nodes, links } = layOut(flow, shape, height);
  const read = flow.nodes[0]?.count ?? 0;
  const [title, description] = [`${words.id}-${shape.name}-title`, `${words.id}-${shape.name}-desc`];
  return markup`<svg class="flow ${raw(shape.name)}" viewBox="0 0 ${shape.width} ${height}" role="img" aria-labelledby="${raw(title)} ${raw(description)}">
<title id="${raw(title)}">${words.title}</title>
<desc id="${raw(description)}">${words.description}</desc>
<g class="links">
${links.map(drawLink)}</g>
<g class="nodes">
${nodes.map((node) => drawNode(node, read, shape))}</g>
</svg>
`;
}

/** In the order of the books: the same flow is always the same picture. */
function layOut(flow: Flow, shape: Shape, height: number) {
  const arrange = sankey<FlowNode, Width>()
    .nodeId(({ key }) => key)
    .nodeAlign(sankeyJustify)
    .nodeWidth(NODE_WIDTH)
    .nodePadding(BETWEEN)
    .nodeSort(null)
    .linkSort(null)
    .extent([
      [0, TOP],
      [shape.width - shape.wordsWidth, height - BETWEEN / 2],
    ]);
  // It writes its places into what it is given.
  return arrange({
    nodes: flow.nodes.map((node) => ({ ...node })),
    links: flow.links.map((link) => ({ ...link, value: link.count })),
  });
}

const pathOf = sankeyLinkHorizontal<FlowNode, Width>();

function drawLink(link: Link): Markup {
  const { target } = link;
  const tone = typeof target === 'object' ? target.tone : 'source';
  const width = Math.max(THINNEST, link.width ?? 0);
  return markup`<path class="${raw(tone)}" d="${raw(rounded(pathOf(link) ?? ''))}" stroke-width="${round(width)}"/>
`;
}

function drawNode({ x0 = 0, x1 = 0, y0 = 0, y1 = 0, ...node }: Node, read: number, shape: Shape): Markup {
  const { depth, label, count, tone, sourceLinks = [] } = node;
  const isFirst = depth === 0;
  const [x, y] = isFirst ? [0, TOP - 9] : [round(x1 + 6), round((y0 + y1) / 2)];
  const isTight = shape.name === 'narrow' && !isFirst && sourceLinks.length > 0;
  const hasRoom = shape.name === 'wide' || label.length <= LONGEST_BESIDE_SHARE;
  const share = isFirst || !hasRoom ? '' : ` · ${writeShare(count, read)}`;
  return markup`<rect class="${raw(tone)}" x="${round(x0)}" y="${round(y0)}" width="${NODE_WIDTH}" height="${round(Math.max(THINNEST, y1 - y0))}"/>
<text x="${x}" y="${y}" dy="0.35em"><tspan class="word">${label}</tspan>${isTight ? '' : ` ${writeCount(count)}${share}`}</text>
`;
}

/** 7.0%; never 0% for what is there, nor 100% for what is not all. */
function writeShare(count: number, of: number): string {
  if (count === of) return '100%';
  const share = (100 * count) / of;
  if (share < 0.1) return '<0.1%';
  return share > 99.9 ? '>99.9%' : `${share.toFixed(1)}%`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

function rounded(path: string): string {
  return path.replace(/\d+\.\d+/g, (number) => String(round(Number(number))));
}
