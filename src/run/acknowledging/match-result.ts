import {
  type CandidateRun,
  orderCandidates,
  type ReceivedResult,
} from '../../acknowledge/order-candidates.ts';
import type { AppliedRun, Ledger } from '../../ledger/ledger.ts';

export type MatchedResult =
  | { kind: 'matched'; run: string }
  /** The very same file was read before, and nothing that it could answer was delivered since. */
  | { kind: 'read_before'; run: string }
  /** A sentence says why. */
  | { kind: 'unmatched'; why: string };

/** Deliveries that are looked at: an answer that comes later than so many nights is none any more. */
const MOST_DELIVERIES = 30;
/** So many students tell whether a delivery is the one. */
const MOST_ASKED = 50;

interface ResultFacts extends Omit<ReceivedResult, 'answeredBefore'> {
  sha256: string;
  /** How many it names. */
  students: number;
  /** Those of them for whom something was ever delivered. */
  known: readonly string[];
  /** The run that a person said it answers. */
  run?: string | undefined;
}

/** Which run a result file answers. */
export async function matchResult(
  ledger: Ledger,
  connection: string,
  result: ResultFacts,
): Promise<MatchedResult> {
  const { students, known } = result;
  if (result.run !== undefined) return matchNamed(ledger, connection, result.run);
  const answers = await ledger.answers.acknowledgements(connection);
  const answeredBefore = answers.find(({ sha256 }) => sha256 === result.sha256)?.run;
  const deliveries = await listDeliveries(ledger, connection, new Set(answers.map(({ run }) => run)));
  for (const { id, date } of orderCandidates({ ...result, answeredBefore }, deliveries))
    if (await carriedAny(ledger, { connection, run: id, date }, known.slice(0, MOST_ASKED)))
      return { kind: 'matched', run: id };
  if (answeredBefore !== undefined) return { kind: 'read_before', run: answeredBefore };
  if (deliveries.length === 0)
    return { kind: 'unmatched', why: `Nothing was ever delivered by ${connection}.` };
  if (known.length === 0)
    return { kind: 'unmatched', why: `Nothing was ever delivered for any of its ${students} students.` };
  const nights = Math.min(deliveries.length, MOST_DELIVERIES);
  return { kind: 'unmatched', why: `None of the last ${nights} deliveries carried one of its students.` };
}

/** Once more where the same file was read before: a person may put right what was matched wrongly. */
async function matchNamed(ledger: Ledger, connection: string, run: string): Promise<MatchedResult> {
  const found = await ledger.findRun(run);
  if (found?.connection === connection && found.outcome === 'delivered') return { kind: 'matched', run };
  return { kind: 'unmatched', why: `${run} is no run of ${connection} that delivered anything.` };
}

interface Delivery extends CandidateRun {
  date: string;
}

/** The last one first. */
async function listDeliveries(
  ledger: Ledger,
  connection: string,
  answered: ReadonlySet<string>,
): Promise<Delivery[]> {
  const found: Delivery[] = [];
  for await (const run of ledger.runs(connection)) {
    if (run.outcome !== 'delivered' || !run.outputs) continue;
    found.push(asDelivery(run, answered.has(run.id)));
    if (found.length === MOST_DELIVERIES) break;
  }
  return found;
}

function asDelivery({ id, businessDate: date, outputs = [] }: AppliedRun, isAnswered: boolean): Delivery {
  const deliveredMs = Math.max(...outputs.map(({ deliveredAt }) => Date.parse(deliveredAt)));
  return { id, date, files: outputs.map(({ file }) => file), deliveredMs, isAnswered };
}

async function carriedAny(
  ledger: Ledger,
  { connection, run, date }: { connection: string; run: string; date: string },
  ids: readonly string[],
): Promise<boolean> {
  for (const id of ids) {
    const sent = await ledger.disclosures(id, { connection, from: date, to: date });
    if (sent.some((one) => one.run.id === run)) return true;
  }
  return false;
}
