import type { FileBooks, Totals } from '../vocabulary/totals.ts';

export interface BalanceFacts {
  deliver: 'full' | 'changes';
  /** The drafts, as they were counted while they were written; several of one name are added up. */
  outputs: readonly { name: string; rows: number }[];
  /** Last rows sent for students who were removed, by file; a file that is not named sent none. */
  deactivationsSent: ReadonlyMap<string, number>;
  /** Rows as the parser itself counted them, by file: a second count beside the books. */
  rowsRead?: ReadonlyMap<string, number>;
}

interface Equation {
  left: string;
  leftIs: number;
  right: string;
  rightIs: number;
}

/** A sentence for each equation that does not hold; none when the books balance. */
export function findImbalances(books: ReadonlyMap<string, FileBooks>, facts: BalanceFacts): string[] {
  const found: string[] = [];
  for (const [name, file] of books) {
    found.push(...notCounts(file).map((sentence) => `${name}: ${sentence}`));
    for (const equation of equationsOf(name, file, facts))
      if (equation.leftIs !== equation.rightIs) found.push(`${name}: ${describe(equation)}`);
  }
  for (const name of new Set(facts.outputs.map((output) => output.name)))
    if (!books.has(name)) found.push(`${name}: an outbound file was drafted, but no row was booked for it.`);
  return found;
}

/** A count that is negative or broken could make two wrong sums agree. */
function notCounts(file: FileBooks): string[] {
  const counts = [
    ...Object.entries(file.totals),
    ...Object.entries(file.ineligible).map(([reason, count]) => [`ineligible.${reason}`, count] as const),
    ...Object.entries(file.rejected).map(([code, count]) => [`rejected.${code}`, count] as const),
    ...Object.entries(file.removed).map(([why, count]) => [`removed.${why}`, count] as const),
  ];
  return counts
    .filter(([, count]) => !Number.isSafeInteger(count) || count < 0)
    .map(([what, count]) => `${what} is ${count}, which is no count.`);
}

function equationsOf(name: string, file: FileBooks, facts: BalanceFacts): Equation[] {
  const { totals } = file;
  const equations = [
    sumOf(totals, 'read', ['rejected', 'duplicate', 'ineligible', 'held', 'carried']),
    sumOf(totals, 'carried', [
      'created',
      'updated',
      'unchanged',
      'transferred',
      'promoted',
      'deactivated',
      'reactivated',
    ]),
    partsOf(totals, 'rejected', 'the sum of its codes', file.rejected),
    partsOf(totals, 'ineligible', 'the sum of its reasons', file.ineligible),
    partsOf(totals, 'removed', 'absent + ineligible', file.removed),
    deliveredOf(name, totals, facts),
    draftedOf(name, totals, facts),
  ];
  const rowsRead = facts.rowsRead?.get(name);
  if (rowsRead !== undefined)
    equations.push({
      left: 'read',
      leftIs: totals.read,
      right: 'the rows that the parser counted',
      rightIs: rowsRead,
    });
  return equations;
}

function sumOf(totals: Totals, whole: keyof Totals, parts: readonly (keyof Totals)[]): Equation {
  const rightIs = parts.reduce((sum, part) => sum + totals[part], 0);
  return { left: whole, leftIs: totals[whole], right: parts.join(' + '), rightIs };
}

function partsOf(totals: Totals, whole: keyof Totals, right: string, parts: object): Equation {
  const counts: number[] = Object.values(parts);
  return { left: whole, leftIs: totals[whole], right, rightIs: counts.reduce((sum, one) => sum + one, 0) };
}

function deliveredOf(name: string, totals: Totals, facts: BalanceFacts): Equation {
  const deactivations = facts.deactivationsSent.get(name) ?? 0;
  const left = 'delivered';
  const leftIs = totals.delivered;
  if (facts.deliver === 'full')
    return {
      left,
      leftIs,
      right: 'carried + carried_forward + deactivations sent for the removed',
      rightIs: totals.carried + totals.carried_forward + deactivations,
    };
  return {
    left,
    leftIs,
    right: 'carried - unchanged + deactivations sent for the removed',
    rightIs: totals.carried - totals.unchanged + deactivations,
  };
}

function draftedOf(name: string, totals: Totals, facts: BalanceFacts): Equation {
  const drafts = facts.outputs.filter((output) => output.name === name);
  const rightIs = drafts.reduce((sum, output) => sum + output.rows, 0);
  return { left: 'delivered', leftIs: totals.delivered, right: 'the rows of the outbound file', rightIs };
}

function describe(equation: Equation): string {
  return `${equation.left} is ${equation.leftIs}, but ${equation.right} is ${equation.rightIs}.`;
}
