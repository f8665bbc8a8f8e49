/** Files that people open in a spreadsheet, made of values that are formulas: inert there, and read back as they were. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { CONNECTION, makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';
import { rosterferry } from '../cli/rosterferry.ts';
import { filesBeneath } from './canaries.ts';

const FORMULAS = [
  '=HYPERLINK("http://x";A1)',
  '+1',
  '-2+3',
  '@SUM(1)',
  '\t=1',
  '\r=1',
  ' =1',
  '\uff1d1',
  "'=1",
  '\u00a0@x',
];
const RUNS = /^(?:[\s\p{Cc}\p{Cf}]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\0])/u;
const LIMITS =
  'max_rejected: 100%, max_updated: 100%, max_removed: 100%, max_created: 1000%, max_size_change: 1000%';

const cell = (value: string) => `"${value.replaceAll('"', '""')}"`;
const HEADER = `ID,Last,First,DOB,Gender,Status,School,Grade,${cell('=Extra')}\n`;

function drop(status: (at: number) => string, first = ''): string {
  const rows = FORMULAS.flatMap((formula, at) => [
    [`${at}`, formula, first + formula, '5/1/2015', 'F', status(at), '10', '5', formula],
    [`=${at}`, formula, formula, '5/1/2015', formula, 'A', '10', '5', formula],
    [`-${at}`, formula, formula, '5/1/2015', 'F', 'A', '10', '5', formula],
  ]);
  return HEADER + rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
}

describe('a formula', () => {
  let project: Project;
  const type = (...args: string[]) => rosterferry(args, { cwd: project.folder });
  const cellsOf = (text: string): string[] => parse(text, { bom: true, relax_column_count: true }).flat();

  before(async () => {
    project = await makeProject({
      connection: `answer: { path: results }\n${CONNECTION.replace('max_rejected: 100%', LIMITS)}`,
      mappings: { 'students.yaml': `${STUDENTS_MAPPING}  "=Extra": "=Extra"\n` },
    });
  });
  after(() => project.remove());

  it('is inert in every file for people, and stays what it is in the delivered one', async () => {
    for (const status of ['A', 'I', 'A']) {
      await project.drop({ 'students.csv': drop(() => status, status === 'I' ? '=' : '') });
      await project.carry();
    }
    const files = filesBeneath(project.folder);
    const sheets = [...files].filter(([path]) => /(exceptions|changes)\.csv$|answer\/|results\//.test(path));
    expect(sheets.length).to.be.above(6);
    const id = JSON.parse((await type('--json', 'runs')).stdout).runs[0].id;
    const sheet = (await type('review', id, '--export', '-')).stdout;
    const said = [
      ...sheets,
      ['review', sheet] as const,
      ['disclosures', (await type('disclosures', '-1', '--csv')).stdout] as const,
      ['codes', (await type('inspect', await named(), '--codes', 'Last')).stdout] as const,
    ];
    for (const [path, text] of said)
      expect(
        cellsOf(
          Buffer.from(text, sheets.some(([one]) => one === path) ? 'latin1' : 'utf8').toString(),
        ).filter((one) => RUNS.test(one)),
        path,
      ).to.deep.equal([]);
    const protectedCells = cellsOf(sheet).filter((one) => one.startsWith("'"));
    expect(protectedCells.length).to.be.above(FORMULAS.length);
    const [path = ''] = (await project.names(project.outbound)).slice(-1);
    const delivered = cellsOf(await project.read(join(project.outbound, path)));
    for (const formula of FORMULAS.slice(1, 4)) expect(delivered).to.include(formula);
  });

  it('comes back from the review sheet as it went out: nothing is decided by saving it', async () => {
    const id = JSON.parse((await type('--json', 'runs')).stdout).runs[0].id;
    await type('review', id, '--export', 'sheet.csv');
    const { exit, stdout, stderr } = await type(
      '--json',
      'review',
      id,
      '--import',
      'sheet.csv',
      '--reason',
      '=1',
    );
    expect([exit, stderr]).to.deep.equal([0, '']);
    expect(JSON.parse(stdout)).to.include({ taken: 0 });
  });

  async function named(): Promise<string> {
    const path = join(project.folder, 'named.csv');
    await writeFile(
      path,
      drop(() => 'A'),
    );
    return path;
  }
});
