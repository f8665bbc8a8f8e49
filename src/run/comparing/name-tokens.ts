import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { NameTokens } from '../../render/file-name.ts';
import { formatSchoolYear } from '../../time/school-year.ts';
import type { RunDay } from '../../vocabulary/run.ts';
import type { OpenRun } from '../open-run.ts';

/** What the names of the outbound files of a run are made of. */
export async function nameTokensOf(task: {
  run: OpenRun;
  day: RunDay;
  memory: { ledger: Ledger };
}): Promise<NameTokens> {
  const { run, day, memory } = task;
  const { facts } = run.record;
  return {
    date: day.date,
    time: day.time,
    school_year: formatSchoolYear(day.schoolYear, 'start'),
    run: facts.id,
    connection: facts.connection,
    sequence: asksForSequence(run.connection) ? await sequenceOf(memory.ledger, facts.connection) : '',
  };
}

function asksForSequence({ files, settings }: LoadedConnection): boolean {
  const names = [...files.values()].map(({ mapping }) => mapping.write.file);
  return [...names, settings.package?.zip ?? ''].some((name) => name.includes('{sequence}'));
}

/** A gap in the numbers would say at the other side that a delivery was lost, so only deliveries count. */
async function sequenceOf(ledger: Ledger, connection: string): Promise<string> {
  let delivered = 0;
  for await (const { outcome } of ledger.runs(connection)) if (outcome === 'delivered') delivered++;
  return String(delivered + 1);
}
