import { newestAcknowledgements } from '../archive/read-acknowledgements.ts';
import type { Acknowledgement } from '../archive/schema.ts';
import type { LoadedConnection } from '../config/load-connection.ts';
import { listReports } from '../run/list-reports.ts';
import { addDays } from '../time/calendar-date.ts';
import { durationMs } from '../time/duration.ts';

/** How the importing system of a connection answers. */
export interface AnswerStatus {
  /** What it answered last. */
  last: Acknowledgement | undefined;
  /** The last delivery that should have an answer by now, and has none. */
  unanswered: { run: string; deliveredAt: string; within: string } | undefined;
}

/** What is older than a year is no news, and not looked for through the whole archive every minute. */
const LONGEST_SILENCE_MS = 366 * 86_400_000;
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
  const since = new Date(nowMs - LONGEST_SILENCE_MS).toISOString().slice(0, 7);
  for await (const one of newestAcknowledgements(archivePath, name, since)) {
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

async function isAnswered(archivePath: string, connection: string, id: string): Promise<boolean> {
  for await (const _ of answersTo(archivePath, { connection, id })) return true;
  return false;
}

/** What the importing system answered to a run, the last answer first. An answer is younger than what it answers. */
export async function* answersTo(
  archivePath: string,
  { id, connection }: { id: string; connection: string },
): AsyncGenerator<Acknowledgement> {
  const [, year = '', month = '', day = ''] = /^(\d{4})(\d{2})(\d{2})T/.exec(id) ?? [];
  // Names begin with the instant in UTC, and folders are of the day where the service is.
  const since = day === '' ? '' : addDays(`${year}-${month}-${day}`, -1).slice(0, 7);
  for await (const one of newestAcknowledgements(archivePath, connection, since)) {
    if (one.acknowledgement < id) return;
    if (one.run === id) yield one;
  }
}
