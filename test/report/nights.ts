/** Nights whose report.html is looked at in a browser. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sampleConfig, sampleMappings } from '../../src/sample/config.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { CONNECTION, makeProject, type Project, projectIn } from '../builders/project.ts';

export const HOSTILE = [
  '<script>document.title="taken"</script>',
  '"><img src=http://127.0.0.1:9/x onerror=alert(1)>',
  'abc\u202etxt.exe',
  '\u001b[31mred\u001b[2J',
] as const;

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';

interface Student {
  id: string;
  last?: string;
  gender?: string;
  birth?: string;
  status?: string;
}

function rowOf({ id, last = 'Lee', gender = 'F', birth = '5/1/2015', status = 'A' }: Student): string {
  const quoted = [id, last, 'Ann', birth, gender, status].map((value) => `"${value.replaceAll('"', '""')}"`);
  return `${quoted.join(',')},10,5\n`;
}

function students(count: number, change: (at: number) => Partial<Student> = () => ({})): string {
  return (
    HEADER + Array.from({ length: count }, (_, at) => rowOf({ id: `${1000 + at}`, ...change(at) })).join('')
  );
}

/** The second night of the demo, of a smaller district. */
export async function demoNight(folder: string): Promise<string> {
  await mkdir(join(folder, 'outbound/demo'), { recursive: true });
  await mkdir(join(folder, 'mappings/demo'), { recursive: true });
  await writeFile(join(folder, 'rosterferry.yaml'), sampleConfig({ quiet: '1ms' }));
  for (const { path, content } of sampleMappings('demo')) await writeFile(join(folder, path), content);
  const project = projectIn(folder);
  let last = '';
  for (const night of [0, 1] as const) {
    const businessDate = `2026-11-2${night + 1}`;
    await writeNight(join(folder, 'inbound/demo'), { seed: 2026, students: 300, night, businessDate });
    ({ folder: last } = await project.carry({ businessDate }));
  }
  return last;
}

/** A name that a disk takes, and that a page must not. */
export const HOSTILE_FILE = 'students<img src=x onerror=alert(1)>.csv';

/**
 * Four of ten students are gone, and names have been changed by somebody who means harm: of students, of columns, of the
 * file and of the connection.
 */
export async function heldNight(): Promise<{ project: Project; folder: string; run: string }> {
  const title = `title: ${JSON.stringify(HOSTILE.join(' '))}\n`;
  const project = await makeProject({
    connection: title + CONNECTION.replace('max_rejected: 100%', 'max_removed: 10%'),
  });
  await project.drop({ 'students.csv': students(100) });
  await project.carry();
  const harm = (at: number) => (at < HOSTILE.length ? { last: HOSTILE[at] ?? '' } : {});
  const columns = HOSTILE.map((name) => `,"${name.replaceAll('"', '""')}"`).join('');
  const rows = students(60, harm)
    .replace(/\n(?!$)/g, ',,,,\n')
    .replace(/\n$/, ',,,,\n');
  await project.drop({ [HOSTILE_FILE]: rows.replace(',,,,', columns) });
  const { folder, report } = await project.carry();
  return { project, folder, run: report.run.id };
}

const FAULTS: readonly ((at: number) => Partial<Student>)[] = [
  (at) => ({ gender: HOSTILE[at % HOSTILE.length] ?? '' }),
  (at) => ({ gender: `code ${at}` }),
  () => ({ birth: '2/30/2014' }),
  (at) => ({ birth: `${at}` }),
  () => ({ last: '' }),
  () => ({ status: 'W' }),
  () => ({ status: 'I', birth: '1/1/1990' }),
  (at) => ({ id: at % 20 === 7 ? '' : HOSTILE.join(' ') }),
  (at) => ({ gender: 'x'.repeat(at % 50 === 8 ? 5000 : 50) }),
];

/** 10,000 rows that are not carried, for many causes, beside a thousand that are. */
export async function brokenNight(): Promise<{ project: Project; folder: string }> {
  const project = await makeProject();
  await project.drop({ 'students.csv': students(100) });
  await project.carry();
  const broken = (at: number) => (at % 11 === 0 ? {} : (FAULTS[at % FAULTS.length]?.(at) ?? {}));
  const shifted = Array.from({ length: 200 }, (_, at) => `${at},too,few\n`).join('');
  await project.drop({ 'students.csv': students(11_000, broken) + shifted });
  const { folder } = await project.carry();
  return { project, folder };
}
