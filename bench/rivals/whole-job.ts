import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleConfig, sampleMappings } from '../../src/sample/config.ts';
import { builtProgram } from '../built-program.ts';
import { BUSINESS_DATE, type Extract, NEXT_BUSINESS_DATE } from '../extract.ts';
import { type Measured, measure } from '../measure.ts';

export interface Nights {
  /** A new archive and an empty memory: everybody is created. */
  first: Measured;
  /** The same students, a few of them changed: everybody is compared. */
  second: Measured;
}

/** The whole job on two nights of the extract; throws where a report is not what the extract must give. */
export async function runWholeJob(extract: Extract): Promise<Nights> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-whole-job-'));
  try {
    await writeProject(folder);
    const first = await runNight(folder, extract.path, BUSINESS_DATE);
    expectSound(first, faultOfFirst(first, extract));
    const second = await runNight(folder, extract.changed.path, NEXT_BUSINESS_DATE);
    expectSound(second, faultOfSecond(second, extract));
    return { first, second };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function runNight(folder: string, students: string, businessDate: string): Promise<Measured> {
  const config = ['--config', join(folder, 'rosterferry.yaml'), '--json', '--quiet'];
  return measure([
    builtProgram(),
    ...config,
    ...['run', 'bench', '--file', `students=${students}`, '--as-of', businessDate],
  ]);
}

function expectSound({ stderr }: Measured, fault: string | undefined): void {
  if (fault !== undefined) throw new Error(`The whole job ${fault}\n${stderr}`);
}

async function writeProject(folder: string): Promise<void> {
  const files = [
    { path: 'rosterferry.yaml', content: sampleConfig({ connection: 'bench' }) },
    ...sampleMappings('bench'),
  ];
  for (const { path, content } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  for (const path of ['inbound/bench', 'outbound/bench'])
    await mkdir(join(folder, path), { recursive: true });
}

interface Report {
  run: { outcome: string };
  balanced: boolean;
  totals: { students: Record<string, number> };
}

/** What the generator announces and the report must count. */
const COUNTED = ['read', 'rejected', 'duplicate', 'ineligible', 'carried'] as const;

/** What is wrong with the run, or undefined: a fast job that does the wrong thing has no speed. */
function faultOfFirst(measured: Measured, { expected }: Extract): string | undefined {
  const { fault, students } = readTotals(measured);
  if (fault !== undefined) return fault;
  const wrong = COUNTED.find((name) => students[name] !== expected[name]);
  if (wrong) return `counted ${students[wrong]} rows as ${wrong}, not ${expected[wrong]}`;
  return students.created === expected.carried ? undefined : 'did not take everybody for new';
}

/** A changed row of a student whose row is broken, doubled or left out is no update: at most so many are updates. */
function faultOfSecond(measured: Measured, { changed }: Extract): string | undefined {
  const { fault, students } = readTotals(measured);
  if (fault !== undefined) return fault;
  const { updated = 0, unchanged = 0, created, carried } = students;
  if (created !== 0) return `took ${created} students for new in the second night`;
  if (updated > changed.rows || updated < changed.rows * 0.8)
    return `counted ${updated} updates of ${changed.rows} changed rows`;
  return updated + unchanged === carried ? undefined : 'found other changes than updates';
}

function readTotals({ exitCode, stdout }: Measured): {
  fault?: string;
  students: Report['totals']['students'];
} {
  if (exitCode !== 0) return { fault: `ended with exit code ${exitCode}`, students: {} };
  const { run, balanced, totals }: Report = JSON.parse(stdout);
  const { students } = totals;
  if (run.outcome !== 'delivered') return { fault: `came to the outcome ${run.outcome}`, students };
  return balanced ? { students } : { fault: 'wrote a report that does not balance', students };
}
