/** Files that are as large, long or wide as nobody means: a limit says so, at once, and no value keeps the program busy. */
import { expect } from 'chai';
import { foldHeader } from '../../src/inspect/fold-header.ts';
import { headerRecord } from '../../src/parse/header-record.ts';
import { readSchema } from '../../src/parse/schema.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { rosterferry } from '../cli/rosterferry.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade';
const GOOD = '1,Lee,Ann,5/1/2015,F,A,10,5';
const LONG = 500_000;

const DROPS: readonly [what: string, content: string, code: string][] = [
  [
    'more columns than any extract',
    `${HEADER}${Array.from({ length: 1000 }, (_, at) => `,c${at}`).join('')}\n${GOOD}\n`,
    'too_many_columns',
  ],
  ['a header without end', 'x'.repeat(3 << 20), 'missing_column'],
  ['millions of empty cells in a row', `${HEADER}\n${GOOD}\n${','.repeat(8 << 20)}\n`, 'record_too_long'],
];

describe('limits', () => {
  let project: Project;
  before(async () => {
    project = await makeProject();
  });
  after(() => project.remove());

  for (const [what, content, code] of DROPS)
    it(`fail a drop with ${what}`, async () => {
      await project.drop({ 'students.csv': content });
      const { report } = await project.carry();
      expect([report.run.outcome, report.error?.code]).to.deep.equal(['failed', code]);
    });

  it('keep what is said short, however long a header is', async () => {
    await project.drop({ 'students.csv': `${`${'y'.repeat(900)},`.repeat(900)}z\n${GOOD}\n` });
    const { stderr } = await rosterferry(['run', 'north'], { cwd: project.folder });
    expect(stderr).to.match(/^error\[missing_column\]/);
    expect(stderr.length).to.be.below(20_000);
  });

  it('are not needed for values that are walked once: blanks, zeros, signs and letters in the middle', async () => {
    const startMs = performance.now();
    const read = readSchema.parse({});
    const blanks = `a${' '.repeat(LONG)}b`;
    const head = Buffer.from(`${blanks},${blanks}\n`);
    expect(
      headerRecord(head, { file: 'a.csv', encoding: 'utf-8', read, delimiter: ',' } as never),
    ).to.deep.equal([blanks, blanks]);
    foldHeader('A'.repeat(LONG));
    const values = [' ', '0', '1', 'a', '-', '.', '@', 'A', '(', "'", '\t', '=', '\u00a0', '\\'].map(
      (sign) => `"${sign}${sign.repeat(50_000)}b"`,
    );
    const rows = values.map((value, at) => `${100 + at},${value},${value},${value},F,A,10,5`);
    await project.drop({ 'students.csv': [HEADER, ...rows, GOOD, ''].join('\n') });
    const { report } = await project.carry();
    expect(report.run.outcome, report.error?.message).to.equal('delivered');
    expect(performance.now() - startMs).to.be.below(15_000);
  });
});
