import { askDestination, type Standing } from '../deliver/ask-destination.ts';
import { stageFiles } from '../deliver/deliver-files.ts';
import type { Destination, OutboundFile } from '../deliver/destination.ts';
import { advance, note, type OpenRun, reportOf } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { writeReport } from './write-report.ts';

interface Outside {
  destination: Destination;
  tools: RunTools;
}

/**
 * A delivery that broke off: asks the destination how far each file has come, and writes down which have arrived.
 * Answers those that are ready to be published now, or undefined where one cannot be known: then the run is held, nothing of
 * it waits at the destination under a temporary name, and its report says which file a person has to look for.
 */
export async function recallDelivery(
  run: OpenRun,
  files: readonly OutboundFile[],
  outside: Outside,
): Promise<OutboundFile[] | undefined> {
  const { destination } = outside;
  const { id } = run.record.facts;
  const standings = new Map<OutboundFile, Standing>();
  for (const file of files) standings.set(file, await standingOf(run, file, destination));
  const those = (...wanted: Standing[]) =>
    files.filter((file) => wanted.includes(standings.get(file) ?? 'unknown'));
  for (const file of those('published')) await destination.finish(file, id);
  await noteArrived(run, those('published', 'taken'), outside);
  await noteTaken(run, those('taken'));
  if (those('unknown').length > 0) {
    for (const file of those('staged')) await destination.unstage(file, id);
    await holdUnknown(run, those('unknown'), outside);
    return undefined;
  }
  await stageFiles(those('lost'), destination, id);
  return those('staged', 'lost');
}

/** What is written in place goes one after the other: those behind the one that was begun last are not begun. */
async function standingOf(run: OpenRun, file: OutboundFile, destination: Destination): Promise<Standing> {
  const { begun, before, facts } = run.record;
  if (destination.publishes === 'in_place' && begun !== file.name) return 'staged';
  return askDestination(file, { destination, run: facts.id, before });
}

async function noteArrived(
  run: OpenRun,
  arrived: readonly OutboundFile[],
  { tools }: Outside,
): Promise<void> {
  const names = new Set(arrived.map(({ name }) => name));
  if (names.size === 0) return;
  const shipment = run.record.shipment.map((shipped) =>
    names.has(shipped.file) ? { ...shipped, deliveredAt: now(tools) } : shipped,
  );
  await note(run, { shipment });
}

/** Nobody saw these under their final names: the report says by what it is known all the same. */
async function noteTaken(run: OpenRun, taken: readonly OutboundFile[]): Promise<void> {
  if (taken.length === 0) return;
  const report = reportOf(run);
  const notices = taken.map(({ name }) => ({
    code: 'delivery_inferred',
    message: `${name} was published and taken by the importer before it could be looked at again: the connection broke in that moment, and neither the file nor its temporary name was there afterwards.`,
  }));
  await note(run, { report: { ...report, notices: [...(report.notices ?? []), ...notices] } });
}

async function holdUnknown(
  run: OpenRun,
  unknown: readonly OutboundFile[],
  { tools, destination }: Outside,
): Promise<void> {
  const where = await destination.describe();
  const reasons = unknown.map(
    ({ name }) =>
      `Whether ${name} arrived at ${where} cannot be known: the delivery broke off, and what lies there now fits both. Look there. approve sends it, approve --arrived notes it as delivered and does not send it, cancel sends nothing and forgets it.`,
  );
  const report = reportOf(run);
  const held = {
    ...report,
    run: { ...report.run, outcome: 'held' as const, finished_at: now(tools) },
    held: { reasons },
  };
  await writeReport(run, held);
  await advance(run, 'held', { report: held, unknown: unknown.map(({ name }) => name) });
}
