/**
 * The daemon's own jobs, through the whole corridor, by a clock that is handed in: each night has a drop, and each night is
 * delivered once. In the quick set the nights around each change of the clocks; with NIGHTLY all of 24 months.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDaemonJob } from '../../src/cli/serving/daemon-job.ts';
import { loadConfig } from '../../src/config/load-config.ts';
import { openDaemon } from '../../src/daemon/open-daemon.ts';
import { openLogger } from '../../src/log/logger.ts';
import { listReports } from '../../src/run/list-reports.ts';
import { addDays } from '../../src/time/calendar-date.ts';
import { dateInZone } from '../../src/time/wall-time.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';

const DAY_MS = 86_400_000;
const STUDENTS = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';

/** The days on which clocks change; a zone without any is walked at some other time. */
const CHANGES: Readonly<Record<string, readonly string[]>> = {
  'America/Chicago': ['2026-03-08', '2026-11-01'],
  'America/Phoenix': ['2026-03-08'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
};
const ALL_NIGHTS = 730;

describe('nights by schedule', () => {
  let project: Project;
  afterEach(() => project.remove());

  /** Business dates of the runs that were delivered, in their order. */
  async function walk(zone: string, first: string, nights: number): Promise<string[]> {
    project = await makeProject({ connection: `schedule: { cron: "30 2 * * *" }\n${CONNECTION}` });
    const path = join(project.folder, 'rosterferry.yaml');
    await writeFile(path, (await readFile(path, 'utf8')).replace('America/Chicago', zone));
    const config = await loadConfig(path);
    const stop = new AbortController();
    let nowMs = Date.parse(`${first}T00:00:00Z`) - DAY_MS / 2;
    const endMs = nowMs + (nights + 1) * DAY_MS;
    let dropped = '';
    let isAtWork = false;
    const clock = {
      now: () => nowMs,
      monotonicMs: () => performance.now(),
      async sleep(ms: number) {
        // A run takes no time by this clock, and the schedule waits until it has ended.
        while (isAtWork) await new Promise((resolve) => setTimeout(resolve, 1));
        nowMs += ms;
        const today = dateInZone(nowMs, zone);
        if (today !== dropped) await project.drop({ 'students.csv': STUDENTS });
        dropped = today;
        if (nowMs >= endMs) stop.abort();
      },
    };
    await project.withTools(async (connection, tools) => {
      const logger = openLogger('silent');
      const corridor = {
        ...tools,
        zone: config.settings.timezone,
        clock: { ...tools.clock, now: () => nowMs },
      };
      const job = openDaemonJob(connection, corridor, () => undefined);
      const daemon = openDaemon({ clock, logger, signal: stop.signal });
      const look: typeof job.look = async (trigger) => {
        isAtWork = true;
        return job.look(trigger).finally(() => {
          isAtWork = false;
        });
      };
      daemon.follow([{ ...job, look }]);
      await daemon.ended();
    });
    const dates: string[] = [];
    for await (const { report } of listReports(join(project.folder, 'archive')))
      dates.push(`${report.run.outcome} ${report.run.business_date}`);
    return dates.reverse();
  }

  const expected = (first: string, nights: number) =>
    Array.from({ length: nights }, (_, at) => `delivered ${addDays(first, at)}`);

  for (const [zone, changes] of Object.entries(CHANGES))
    it(`deliver each drop once in ${zone}`, async function () {
      const spans = process.env.NIGHTLY
        ? [['2026-01-02', ALL_NIGHTS] as const]
        : changes.map((day) => [day, 2] as const);
      this.timeout(600_000);
      for (const [first, nights] of spans) {
        expect((await walk(zone, first, nights)).slice(0, nights)).to.deep.equal(expected(first, nights));
        await project.remove();
      }
    });
});
