/** A day among 100,000 runs: nightly, because the folders take a minute to make. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import { findRuns } from '../../src/run/find-runs.ts';
import { addDays } from '../../src/time/calendar-date.ts';

const CONNECTIONS = 50;
const DAYS = process.env.NIGHTLY ? 2000 : 40;
const FIRST = '2021-06-01';
/** Of the machine at night, with others at work. */
const MOST_MS = 1000;

function runOf(connection: string, day: number) {
  const businessDate = addDays(FIRST, day);
  const id = `${businessDate.replaceAll('-', '')}T093000Z-${connection}-4f2a91`;
  const startedAt = `${businessDate}T03:30:00-06:00`;
  const when = { businessDate, startedAt, finishedAt: startedAt };
  return { id, connection, outcome: 'delivered' as const, ...when, manifestSha256: '', totals: {} };
}

async function makeRuns(archive: string): Promise<void> {
  await using ledger = await openLedger({ type: 'sqlite', path: join(archive, 'ledger.sqlite') });
  for (let at = 0; at < CONNECTIONS; at++) {
    const connection = `c${at}`;
    for (let day = 0; day < DAYS; day++) {
      const run = runOf(connection, day);
      const [year = '', month = ''] = run.businessDate.split('-');
      const folder = join(archive, connection, year, month, run.id);
      await mkdir(folder, { recursive: true });
      const { id, outcome, startedAt: started_at, businessDate: business_date } = run;
      const told = { id, connection, outcome, business_date, started_at, finished_at: started_at };
      await writeFile(join(folder, 'report.json'), JSON.stringify({ run: told, totals: {} }));
      // Half of them the ledger does not know, so that both ways are walked.
      if (at % 2 === 0) await ledger.apply(run, each());
    }
  }
}

async function* each() {}

describe(`a day among ${CONNECTIONS * DAYS} runs`, function () {
  this.timeout(1_200_000);
  let archive: string;
  before(async () => {
    archive = await mkdtemp(join(tmpdir(), 'many-runs-'));
    await makeRuns(archive);
  });
  after(() => rm(archive, { recursive: true }));

  it('is found, with its connection and without, in a second among the runs of many years', async () => {
    const day = addDays(FIRST, DAYS >> 1);
    for (const [connection, count] of [
      ['c4', 1],
      ['c5', 1],
      [undefined, CONNECTIONS],
    ] as const) {
      const began = performance.now();
      await using ledger = await openLedger({ type: 'sqlite', path: join(archive, 'ledger.sqlite') });
      const found = await Array.fromAsync(findRuns(archive, ledger, { connection, from: day, to: day }));
      const tookMs = performance.now() - began;
      expect(found.map(({ business_date }) => business_date)).to.deep.equal(
        Array.from({ length: count }, () => day),
      );
      // A busy machine says nothing about the program: the second is asked for at the size at which it matters.
      if (process.env.NIGHTLY) expect(tookMs, `${connection ?? 'all'}`).to.be.lessThan(MOST_MS);
    }
  });
});
