import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleConfig, sampleMappings } from '../src/sample/config.ts';
import { BUSINESS_DATE, NEXT_BUSINESS_DATE } from './extract.ts';
import { type Ended, measureCommand } from './measure-command.ts';

const MAIN = join(import.meta.dirname, '../src/main.ts');
/** What is broken tonight and was sound last night is left out, as by tools that know no last night. */
const LEFT_OUT = '    reconcile: { rejected: leave_out }\n\n';

/** A project whose first night is over; each second night begins at a copy of it. */
export interface TwoNights extends AsyncDisposable {
  first: Ended;
  /** What was delivered on the first night. */
  last: string;
  /** The mapping of the students. */
  mapping: string;
  /** One more second night, with what it delivered and its changes.csv, until the next one begins. */
  second(students: string): Promise<Ended & { output: string; changes: string; report: Report }>;
}

export interface Report {
  run: { id: string; outcome: string };
  balanced: boolean;
  totals: { students: Record<string, number> };
}

export async function openTwoNights(students: string): Promise<TwoNights> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-two-nights-'));
  const [before, after] = [join(folder, 'before'), join(folder, 'after')];
  const mapping = await writeProject(before);
  const first = await runNight(before, students, BUSINESS_DATE);
  return {
    first,
    mapping,
    last: await onlyFile(join(before, 'outbound/bench')),
    async second(changed) {
      await rm(after, { recursive: true, force: true });
      await cp(before, after, { recursive: true });
      await rm(join(after, 'outbound/bench'), { recursive: true });
      await mkdir(join(after, 'outbound/bench'));
      const ended = await runNight(after, changed, NEXT_BUSINESS_DATE);
      const { report } = ended;
      const [year, month] = report.run.id.match(/^(\d{4})(\d\d)/)?.slice(1) ?? [];
      const sealed = join(after, 'archive/bench', year ?? '', month ?? '', report.run.id);
      const output = await onlyFile(join(after, 'outbound/bench'));
      return { ...ended, output, changes: join(sealed, 'changes.csv') };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function runNight(folder: string, students: string, businessDate: string) {
  const config = ['--config', join(folder, 'rosterferry.yaml'), '--json', '--quiet'];
  const run = ['run', 'bench', '--file', `students=${students}`, '--as-of', businessDate];
  const ended = await measureCommand([process.execPath, MAIN, ...config, ...run]);
  if (ended.exitCode !== 0) throw new Error(`The run ended with ${ended.exitCode}\n${ended.stderr}`);
  const report: Report = JSON.parse(ended.stdout);
  if (report.run.outcome !== 'delivered' || !report.balanced)
    throw new Error(`The run came to ${report.run.outcome}, balanced: ${report.balanced}`);
  return { ...ended, report };
}

async function writeProject(folder: string): Promise<string> {
  const config = sampleConfig({ connection: 'bench' }).replace(
    /(?= {4}# Where the finished files go)/,
    LEFT_OUT,
  );
  const mappings = sampleMappings('bench');
  for (const { path, content } of [{ path: 'rosterferry.yaml', content: config }, ...mappings]) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  for (const path of ['inbound/bench', 'outbound/bench'])
    await mkdir(join(folder, path), { recursive: true });
  return readFile(join(folder, 'mappings/bench/students.yaml'), 'utf8');
}

async function onlyFile(folder: string): Promise<string> {
  const names = await readdir(folder);
  if (names.length !== 1) throw new Error(`${folder} holds ${names.join(', ') || 'nothing'}`);
  return join(folder, names[0] ?? '');
}
