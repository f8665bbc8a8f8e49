import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { sampleConfig, sampleMappings } from '../src/sample/config.ts';
import { builtProgram } from './built-program.ts';
import { BUSINESS_DATE, NEXT_BUSINESS_DATE } from './extract.ts';
import { type Ended, measureCommand } from './measure-command.ts';

/** What is broken tonight and was sound last night is left out, as by tools that know no last night. */
const LEFT_OUT = '    reconcile: { rejected: leave_out }\n\n';

/** A project night after night: two extracts take turns, as if what changed in the one were changed back in the other. */
export interface Nights extends AsyncDisposable {
  first: Ended;
  /** The mapping of the students. */
  mapping: string;
  /** One night more. What it answers lies there until the next one begins. */
  next(): Promise<Night>;
}

export interface Night extends Ended {
  extract: string;
  /** What was delivered the night before. */
  last: string;
  output: string;
  /** Its changes.csv. */
  changes: string;
  report: Report;
}

export interface Report {
  run: { id: string; outcome: string };
  balanced: boolean;
  totals: { students: Record<string, number> };
}

export async function openNights(students: string, changed: string): Promise<Nights> {
  const folder = await mkdtemp(join(tmpdir(), 'rosterferry-nights-'));
  const [project, last] = [join(folder, 'project'), join(folder, 'last.csv')];
  const outbound = join(project, 'outbound/bench');
  const mapping = await writeProject(project);
  const first = await runNight(project, students, BUSINESS_DATE);
  let night = 0;
  return {
    first,
    mapping,
    async next() {
      // The other side has taken what was delivered.
      await rename(await onlyFile(outbound), last);
      const extract = night++ % 2 === 0 ? changed : students;
      const ended = await runNight(project, extract, NEXT_BUSINESS_DATE);
      const { id } = ended.report.run;
      const sealed = join(project, 'archive/bench', id.slice(0, 4), id.slice(4, 6), id);
      const output = await onlyFile(outbound);
      return { ...ended, extract, last, output, changes: join(sealed, 'changes.csv') };
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

async function runNight(folder: string, students: string, businessDate: string) {
  const config = ['--config', join(folder, 'rosterferry.yaml'), '--json', '--quiet'];
  const run = ['run', 'bench', '--file', `students=${students}`, '--as-of', businessDate];
  const ended = await measureCommand([process.execPath, builtProgram(), ...config, ...run]);
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
