import { askDestination, type Standing } from '../deliver/ask-destination.ts';
import type { Destination, OutboundFile } from '../deliver/destination.ts';
import { AppError, asAppError } from '../errors/app-error.ts';
import { advance, note, type OpenRun, reportOf } from './open-run.ts';
import { now, type RunTools } from './run-tools.ts';
import { stageRun } from './stage-run.ts';
import { writeReport } from './write-report.ts';

interface Outside {
  destination: Destination;
  tools: RunTools;
}

/**
 * A delivery that broke off: asks the destination how far each file has come, and writes down which have arrived.
 * Answers those that are ready to be published now, or undefined where one cannot be known: then the run is held, and its
 * report says which file a person has to look for.
 * While the run is staged, a temporary name that is gone means that its file was published. So none is removed or written
 * anew before the run is written down as held or released: a break in between would make the next start report a file as
 * delivered that nobody ever saw.
 */
export async function recallDelivery(
  run: OpenRun,
  files: readonly OutboundFile[],
  outside: Outside,
): Promise<readonly OutboundFile[] | undefined> {
  const { destination } = outside;
  const { id } = run.record.facts;
  await expectMounted(run, destination);
  const standings = new Map<OutboundFile, Standing>();
  for (const file of files) standings.set(file, await standingOf(run, file, destination));
  const those = (...wanted: Standing[]) =>
    files.filter((file) => wanted.includes(standings.get(file) ?? 'unknown'));
  for (const file of those('published')) await destination.finish(file, id);
  await noteArrived(run, those('published', 'taken'), outside);
  await noteTaken(run, those('taken'));
  if (those('unknown').length > 0) {
    await holdUnknown(run, those('unknown'), outside);
    await unstageHeld(run, those('staged'), outside);
    return undefined;
  }
  if (those('lost').length === 0) return those('staged');
  // None of those that are left was ever visible, and that is what released means.
  await advance(run, 'released');
  return stageRun(run, those('staged', 'lost'), destination);
}

/** A share that is not mounted leaves an empty folder, in which every file would look published and taken. */
async function expectMounted({ record }: OpenRun, destination: Destination): Promise<void> {
  if (!record.isOnMount || (await destination.isOnMount?.()) !== false) return;
  const where = await destination.describe();
  throw new AppError(
    'destination_missing',
    `Nothing is mounted at ${where} now, and something was when the files were staged there`,
    { hint: 'Mount it again; the run is open, and the next start or run goes on with it.' },
  );
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

/** A person may take days, and nothing should wait over there meanwhile; what cannot be removed is replaced or noted later. */
async function unstageHeld(
  run: OpenRun,
  staged: readonly OutboundFile[],
  { destination, tools }: Outside,
): Promise<void> {
  const { id } = run.record.facts;
  try {
    for (const file of staged) await destination.unstage(file, id);
  } catch (thrown) {
    const { code, message } = asAppError(thrown);
    tools.logger.warn(
      { run: id, code, message },
      'the run is held, and what it staged is not removed from the destination yet',
    );
  }
}
