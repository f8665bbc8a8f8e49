import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleConfig, sampleMappings } from '../../src/sample/config.ts';
import { BUSINESS_DATE, type Extract } from '../extract.ts';
import { type Measured, measure } from '../measure.ts';

const MAIN = join(import.meta.dirname, '../../src/main.ts');

/** The whole job on the extract, with an archive of its own; throws where its report is not what the extract must give. */
export async function runWholeJob(extract: Extract): Promise<Measured> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-whole-job-'));
  try {
    await writeProject(folder);
    const config = ['--config', join(folder, 'rosterferry.yaml'), '--json', '--quiet'];
    const run = ['run', 'bench', '--file', `students=${extract.path}`, '--as-of', BUSINESS_DATE];
    const measured = await measure([MAIN, ...config, ...run]);
    const fault = faultOf(measured, extract);
    if (fault !== undefined) throw new Error(`The whole job ${fault}\n${measured.stderr}`);
    return measured;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
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
function faultOf({ exitCode, stdout }: Measured, { expected }: Extract): string | undefined {
  if (exitCode !== 0) return `ended with exit code ${exitCode}`;
  const { run, balanced, totals }: Report = JSON.parse(stdout);
  if (run.outcome !== 'delivered') return `came to the outcome ${run.outcome}`;
  if (!balanced) return 'wrote a report that does not balance';
  const wrong = COUNTED.find((name) => totals.students[name] !== expected[name]);
  return wrong && `counted ${totals.students[wrong]} rows as ${wrong}, not ${expected[wrong]}`;
}
