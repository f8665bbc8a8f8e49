/**
 * Reconcile: decides whether a drafted run may go out.
 *
 * in:       the books of every file, the rows of every draft, what was delivered before, the limits
 * out:      a verdict (release, hold or fail) with its reasons, and every limit beside its value
 * promises: books that do not add up never go out; a limit is compared exactly, before anything is rounded
 * never:    corrects a number
 */
import type { FileBooks } from '../vocabulary/totals.ts';
import { type BalanceFacts, findImbalances } from './equations.ts';
import type { SafeguardName, SafeguardResult } from './safeguard-result.ts';
import { type MeasureFacts, measureSafeguards } from './safeguards.ts';
import type { SafeguardSettings } from './schema.ts';

export interface ReconcileFacts extends BalanceFacts, MeasureFacts {
  /** Sentences of other rooms that ask for a person before anything goes out. */
  holds?: readonly string[];
  /** An accident that was recognised, such as every id being new, and the safeguards that it makes breach. */
  explained?: { sentence: string; safeguards: readonly SafeguardName[] };
}

export interface Reconciliation {
  balanced: boolean;
  /** One sentence for each equation that fails. */
  imbalances: string[];
  /** Every limit of the connection beside what was measured, breached or not; empty when out of balance. */
  safeguards: SafeguardResult[];
  verdict: 'release' | 'hold' | 'fail';
  /** The error code of a verdict `fail`. */
  failure?: 'out_of_balance' | 'safeguard';
  /** Why the run does not simply go out; empty when it does. */
  reasons: string[];
}

/**
 * Books that do not balance are not measured against the limits: their numbers mean nothing.
 * @param books by the name of the file in the drop, as report.json has it.
 */
export function reconcile(
  books: ReadonlyMap<string, FileBooks>,
  facts: ReconcileFacts,
  settings: SafeguardSettings,
): Reconciliation {
  const imbalances = findImbalances(books, facts);
  if (imbalances.length > 0)
    return {
      balanced: false,
      imbalances,
      safeguards: [],
      verdict: 'fail',
      failure: 'out_of_balance',
      reasons: imbalances,
    };
  const safeguards = measureSafeguards(books, facts, settings);
  return { balanced: true, imbalances, safeguards, ...decide(safeguards, facts, settings) };
}

function decide(
  safeguards: readonly SafeguardResult[],
  facts: ReconcileFacts,
  settings: SafeguardSettings,
): Pick<Reconciliation, 'verdict' | 'failure' | 'reasons'> {
  const { explained } = facts;
  const breaches = [
    ...(explained ? [explained.sentence] : []),
    ...reasonsOf(safeguards, explained?.safeguards),
  ];
  if (breaches.length > 0 && settings.on_breach === 'fail')
    return { verdict: 'fail', failure: 'safeguard', reasons: breaches };
  const reasons = [...breaches, ...(facts.holds ?? []), ...reviewOf(facts, settings)];
  return { verdict: reasons.length > 0 ? 'hold' : 'release', reasons };
}

/** So many schools are named in the reasons of a run; the report lists all of them. */
const SCHOOLS_NAMED = 10;

/** A breach that is already explained is not repeated: a mass removal is no second accident. */
function reasonsOf(
  safeguards: readonly SafeguardResult[],
  explained: readonly SafeguardName[] = [],
): string[] {
  const breaches = safeguards.filter((one) => one.breached && !explained.includes(one.name));
  const ofFiles = breaches.filter((one) => one.school === undefined);
  const ofSchools = breaches.filter((one) => one.school !== undefined);
  const more = ofSchools.length - SCHOOLS_NAMED;
  return [
    ...[...ofFiles, ...ofSchools.slice(0, SCHOOLS_NAMED)].map((one) => one.sentence),
    ...(more > 0
      ? [
          `Limits of schools are breached ${more === 1 ? 'once' : `${more} times`} more; the report lists each.`,
        ]
      : []),
  ];
}

/** A run that has no file to deliver has nothing that a person could review. */
function reviewOf(facts: ReconcileFacts, settings: SafeguardSettings): string[] {
  if (settings.review !== 'always' || facts.outputs.length === 0) return [];
  return ['Every delivery of this connection waits for a person (review: always).'];
}
