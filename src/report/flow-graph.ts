import type { Totals } from '../vocabulary/totals.ts';
import { CHANGES, VERDICTS } from '../vocabulary/verdict.ts';
import type { Report } from './schema.ts';

/** Colours of the picture follow from these; nothing is told by them alone. */
export type FlowTone = 'source' | 'carried' | 'rejected' | 'ineligible' | 'held' | 'duplicate';

export interface FlowNode {
  key: string;
  /** The name under which the books have it. */
  label: string;
  count: number;
  tone: FlowTone;
}

export interface FlowLink {
  source: string;
  target: string;
  count: number;
}

/** The rows of one file from where they were read to their end. */
export interface Flow {
  nodes: readonly FlowNode[];
  links: readonly FlowLink[];
}

/** Codes of rejected rows that are drawn by themselves. */
const CODES_DRAWN = 5;
const ORDER = [
  'carried',
  'ineligible',
  'rejected',
  'held',
  'duplicate',
] as const satisfies (typeof VERDICTS)[number][];

/** Undefined where no row was read. What the books do not account for is drawn as such. */
export function buildFlow(report: Report, file: string): Flow | undefined {
  const totals = report.totals[file];
  if (!totals || totals.read === 0) return undefined;
  const nodes: FlowNode[] = [{ key: 'read', label: 'read', count: totals.read, tone: 'source' }];
  const links: FlowLink[] = [];
  const add = (from: string, to: FlowNode) => {
    if (to.count <= 0) return;
    nodes.push(to);
    links.push({ source: from, target: to.key, count: to.count });
  };
  for (const verdict of ORDER) {
    const count = totals[verdict];
    add('read', { key: verdict, label: verdict, count, tone: verdict });
    if (count === 0) continue;
    for (const [label, part] of partsOf(report, file, verdict))
      add(verdict, { key: `${verdict} ${label}`, label, count: part, tone: verdict });
  }
  const lost = totals.read - VERDICTS.reduce((sum, verdict) => sum + totals[verdict], 0);
  add('read', { key: 'lost', label: 'not accounted for', count: lost, tone: 'rejected' });
  return { nodes, links };
}

type Parts = readonly (readonly [label: string, count: number])[];

function partsOf(report: Report, file: string, verdict: (typeof ORDER)[number]): Parts {
  if (verdict === 'carried')
    return CHANGES.toReversed().map((change) => [change, countOf(report, file, change)]);
  if (verdict === 'ineligible') return Object.entries(report.ineligible[file] ?? {});
  if (verdict === 'rejected') return mostFrequent(Object.entries(report.rejected[file] ?? {}));
  return [];
}

function countOf(report: Report, file: string, key: keyof Totals): number {
  return report.totals[file]?.[key] ?? 0;
}

function mostFrequent(codes: Parts): Parts {
  const sorted = codes.toSorted(([, one], [, other]) => other - one);
  const rest = sorted.slice(CODES_DRAWN);
  if (rest.length <= 1) return sorted;
  const count = rest.reduce((sum, [, rows]) => sum + rows, 0);
  return [...sorted.slice(0, CODES_DRAWN), [`${rest.length} other codes`, count]];
}
