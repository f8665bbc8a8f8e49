import { newestAcknowledgements } from '../archive/read-acknowledgements.ts';
import type { Acknowledgement } from '../archive/schema.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { listReports } from '../run/list-reports.ts';
import { durationMs } from '../time/duration.ts';

/** How the importing system of a connection answers. */
export interface AnswerStatus {
  /** What it answered last. */
  last: Acknowledgement | undefined;
  /** The last delivery that should have an answer by now, and has none. */
  unanswered: { run: string; deliveredAt: string; within: string } | undefined;
}

/** Deliveries that are looked at: who delivers more often than this within the time is not held to each of them. */
const MOST_REPORTS = 50;

/** Undefined where a connection expects no answers. */
export async function findAnswer(
  { name, settings: { acknowledge } }: LoadedConnection,
  archivePath: string,
  nowMs: number,
): Promise<AnswerStatus | undefined> {
  if (!acknowledge) return undefined;
  let last: Acknowledgement | undefined;
  for await (const one of newestAcknowledgements(archivePath, name)) {
    last = one;
    break;
  }
  const { within } = acknowledge;
  if (within === undefined) return { last, unanswered: undefined };
  let looked = 0;
  for await (const { report } of listReports(archivePath, name)) {
    const { id } = report.run;
    if (++looked > MOST_REPORTS || (await isAnswered(archivePath, name, id))) break;
    const deliveredAt =
      report.outputs
        .map((one) => one.delivered_at)
        .toSorted()
        .at(-1) ?? '';
    if (report.run.outcome !== 'delivered' || deliveredAt === '') continue;
    if (nowMs - Date.parse(deliveredAt) > durationMs(within))
      return { last, unanswered: { run: id, deliveredAt, within } };
  }
  return { last, unanswered: undefined };
}

/** An answer is younger than what it answers, and names begin with the instant. */
async function isAnswered(archivePath: string, connection: string, run: string): Promise<boolean> {
  for await (const one of newestAcknowledgements(archivePath, connection)) {
    if (one.run === run) return true;
    if (one.acknowledgement < run) return false;
  }
  return false;
}
