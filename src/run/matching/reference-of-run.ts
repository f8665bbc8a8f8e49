import { exceeds } from '../../reconcile/percentage.ts';
import type { SafeguardSettings } from '../../reconcile/schema.ts';
import type { ReportFacts } from '../../report/build-report.ts';
import type { Notice } from '../../vocabulary/run.ts';
import type { DraftContext } from '../drafting/draft-file.ts';
import type { DropContext } from '../drafting/drop-context.ts';
import { claimedPath, type OpenRun } from '../open-run.ts';
import type { RunTools } from '../run-tools.ts';
import { openReference, type ReferenceFile, type ReferencePeople, readReference } from './reference-file.ts';

/** Whom the drop is matched with. */
export interface RunMatching {
  reference: ReferenceFile;
  people: ReferencePeople;
}

/** The header of the file that `reconcile.match.against` names; undefined where the connection matches nobody. */
export async function openReferenceOf(
  run: OpenRun,
  context: DropContext,
): Promise<ReferenceFile | undefined> {
  const { match } = run.connection.settings.reconcile;
  const claimed = match && run.record.claimed.find(({ name }) => name === match.against);
  if (!match || !claimed) return undefined;
  const path = claimedPath(run, claimed);
  return openReference({ name: claimed.name, file: claimed.file, path }, context, match);
}

/** Everybody in it, read before the first student of the drop is. */
export async function readReferenceOf(
  run: OpenRun,
  context: DropContext & Pick<DraftContext, 'workFolder' | 'signal'>,
  tools: Pick<RunTools, 'progress'>,
): Promise<RunMatching | undefined> {
  const { match } = run.connection.settings.reconcile;
  const reference = await openReferenceOf(run, context);
  if (!match || !reference) return undefined;
  const { workFolder, signal } = context;
  const progress = (rows: number) => tools.progress(rows, reference.input.file);
  return { reference, people: await readReference(reference, { match, workFolder, progress, signal }) };
}

/** What was read of it stands among the inputs of the report; it has no totals, because nobody in it is carried. */
export function noteReference(facts: ReportFacts, matching: RunMatching | undefined): void {
  if (!matching) return;
  const { input, name } = matching.reference;
  const { encoding, delimiter, file } = input;
  const { rowsRead: rows } = matching.people;
  const notices = [...input.notices, ...remarksOf(matching.people, file)];
  facts.inputs = facts.inputs.map((one) =>
    one.name === name ? { ...one, encoding, delimiter, rows, notices } : one,
  );
}

function remarksOf({ unreadable, repeated }: ReferencePeople, file: string): Notice[] {
  const broken = `${rowsOf(unreadable)} broken or without an id: nobody was matched with them`;
  const again = `${rowsOf(repeated)} of an id that stands in the file before; the first one counts`;
  return [
    ...(unreadable > 0 ? [{ code: 'reference_unreadable', message: broken, file }] : []),
    ...(repeated > 0 ? [{ code: 'reference_repeated', message: again, file }] : []),
  ];
}

/** Whoever is not in the file would be sent as a new student, and be there twice. */
export function whyReferenceHolds(
  { reference, people }: RunMatching,
  limit: SafeguardSettings['max_rejected'],
): string[] {
  const { rowsRead, unreadable } = people;
  const { name } = reference;
  if (rowsRead - unreadable === 0)
    return [`${name} has no student to match with, so every student of the drop would be new.`];
  if (!exceeds(unreadable, rowsRead, limit)) return [];
  return [
    `${name}: ${rowsOf(unreadable)} broken or without an id, which is more than max_rejected (${limit}); their students would be taken for new ones.`,
  ];
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row is' : `${count} rows are`;
}
