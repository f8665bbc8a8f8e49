import { isRun } from '../archive/layout.ts';
import { readSummary } from '../archive/list-runs.ts';
import { byCode } from '../archive/read-entries.ts';
import { listConnections, listSealedFolders } from '../archive/sealed-folders.ts';
import type { RunsAsked } from '../ledger/disclosure.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { openReports } from './list-reports.ts';

/** A run as a list shows it, under the names of report.json. */
export interface ListedRun {
  id: string;
  connection: string;
  outcome: string;
  business_date: string;
  started_at: string;
  totals: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

export interface FindRuns extends RunsAsked {
  outcome?: string | undefined;
}

/**
 * Runs, open ones first, then the sealed ones, the newest first. Only the folders of the months that are asked for are
 * listed, and a report is read only of a run that the ledger does not know: so a day among 100,000 runs is found at once,
 * and without a ledger, more slowly, all the same. Of a run whose report is destroyed the ledger alone tells.
 */
export async function* findRuns(
  archivePath: string,
  ledger: Pick<Ledger, 'runs'> | undefined,
  asked: FindRuns,
): AsyncGenerator<ListedRun> {
  for (const { report } of await openReports(archivePath, asked.connection)) {
    const run = listedOf(report);
    if (isMeant(run, asked)) yield run;
  }
  const known = new Map<string, ListedRun>();
  for await (const run of ledger?.runs(asked.connection, asked) ?? [])
    known.set(run.id, {
      id: run.id,
      connection: run.connection,
      outcome: run.outcome,
      business_date: run.businessDate,
      started_at: run.startedAt,
      totals: asCounts(run.totals),
    });
  for (const { run, path } of await foldersOf(archivePath, asked)) {
    const listed = known.get(run) ?? (await readListed(path));
    if (listed && isMeant(listed, asked)) yield listed;
  }
}

async function foldersOf(archivePath: string, { connection, from, to }: FindRuns) {
  const [first, last] = [from?.slice(0, 7) ?? '', to?.slice(0, 7) ?? '9999'];
  const connections = connection === undefined ? await listConnections(archivePath) : [connection];
  const isWithin = (month: string) => month >= first && month <= last;
  const listed = await Promise.all(connections.map((name) => listSealedFolders(archivePath, name, isWithin)));
  return listed
    .flat()
    .filter(({ run }) => isRun(run))
    .sort((one, other) => byCode(other.run, one.run));
}

function isMeant(run: ListedRun, { from = '', to = '9999', outcome }: FindRuns): boolean {
  if (outcome !== undefined && run.outcome !== outcome) return false;
  return run.business_date >= from && run.business_date <= to;
}

async function readListed(path: string): Promise<ListedRun | undefined> {
  const summary = await readSummary(path);
  return summary && listedOf(summary);
}

type Told = { run: Omit<ListedRun, 'totals'>; totals: Readonly<Record<string, object>> };

function listedOf({ run, totals }: Told): ListedRun {
  const { id, connection, outcome, business_date, started_at } = run;
  return { id, connection, outcome, business_date, started_at, totals: asCounts(totals) };
}

function asCounts(totals: Readonly<Record<string, object>>): ListedRun['totals'] {
  return Object.fromEntries(Object.entries(totals).map(([file, counts]) => [file, { ...counts }]));
}
