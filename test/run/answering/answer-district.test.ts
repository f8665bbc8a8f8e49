/** What the district gets back: each of its rows that was not carried, whole and once. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDestination } from '../../../src/deliver/open-destination.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';
import { parseTexts } from './parse-texts.ts';

const ANSWER = `${CONNECTION}answer: { to: source, path: results }\n`;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const DROP = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5
2,"O""Neil,
=Bob",Max,2/30/2015,Q,A,10,5

3,Gone,Al,5/1/1990,M,G,10,5
1,Lee,Ann,5/1/2015,F,A,10,5
`;
const ONE = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`;

describe('the result file for the district', () => {
  let project: Project;
  let results: string;
  beforeEach(async () => {
    project = await makeProject({ connection: ANSWER });
    results = join(project.inbound, 'results');
  });
  afterEach(() => project.remove());

  const read = async () => {
    const names = (await project.names(results)).filter((name) => name.endsWith('.csv'));
    return parseTexts(await project.read(join(results, names[0] ?? '')));
  };

  it('has one row for each row that was not carried, as it stood there, below a summary', async () => {
    await project.drop({ 'students.csv': DROP });
    const { report, folder } = await project.carry();
    expect(await project.names(results)).to.deep.equal([`results_2026-11-22_${report.run.id}.csv`]);
    const [header, whole, file, ...rows] = await read();
    expect(header).to.deep.equal([
      'file',
      'row',
      'line',
      'student_id',
      'field',
      'code',
      'message',
      'hint',
      'text',
    ]);
    expect(whole?.[6]).to.include('delivered').and.to.include(report.run.id);
    expect(file?.slice(0, 7)).to.deep.equal([
      'students.csv',
      '',
      '',
      '',
      '',
      'summary',
      '4 rows read: 1 carried, 1 rejected, 1 duplicate, 1 left out by a rule.',
    ]);
    const { rejected, duplicate, ineligible } = report.totals.students ?? {};
    expect(rows).to.have.length((rejected ?? 0) + (duplicate ?? 0) + (ineligible ?? 0));
    const broken = rows.find(([, row]) => row === '2');
    expect(broken?.slice(0, 4)).to.deep.equal(['students.csv', '2', '3', '2']);
    expect(broken?.[4]).to.equal('birth_date; gender');
    expect(broken?.[5]).to.equal('bad_date; unknown_code');
    expect(broken?.[8]).to.equal('2,"O""Neil,\n=Bob",Max,2/30/2015,Q,A,10,5');
    const gone = rows.find(([, row]) => row === '3');
    expect(gone?.[2], 'a blank line counts as a line').to.equal('6');
    expect(gone?.[8]).to.equal('3,Gone,Al,5/1/1990,M,G,10,5');
    for (const row of rows) expect(row[7], 'a hint').to.not.equal('');
    const [name = ''] = await project.names(join(folder, 'answer'));
    expect(await project.read(join(folder, 'answer', name))).to.equal(
      await project.read(join(results, name)),
    );
  });

  it('is safe in a spreadsheet', async () => {
    await project.drop({ 'students.csv': `${ONE}"=2+5",Lee,Ann,x,F,A,10,5\n` });
    await project.carry();
    const rows = await read();
    const [row] = rows.slice(-1);
    expect(row?.[3]).to.equal("'=2+5");
    expect(rows.flat().filter((cell) => /^[=+\-@]/.test(cell))).to.deep.equal([]);
  });

  it('says why a drop failed as a whole, and comes after a cancelled run', async () => {
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    await project.carry();
    const [, whole, why] = await read();
    expect(whole?.[6]).to.include('could not be carried');
    expect(why?.[6]).to.include('The header has no column');
    await rm(results, { recursive: true });
    await project.drop({ 'students.csv': DROP });
    const yaml = join(project.folder, 'rosterferry.yaml');
    await writeFile(yaml, (await project.read(yaml)).replace('max_rejected: 100%', 'review: always'));
    const { report } = await project.carry();
    expect(await project.names(results), 'held').to.deep.equal([]);
    await project.decide(report.run.id, { decision: 'cancel', by: 'ann', reason: 'wrong night' });
    expect((await read())[1]?.[6]).to.include('a person decided');
  });

  it('is not sent of a dry run, or of some students alone', async () => {
    await project.drop({ 'students.csv': DROP });
    await project.carry({ dryRun: true });
    await project.carry({ lane: { kind: 'only', students: ['1'], regardless: false } });
    expect(await project.names(results)).to.deep.equal([]);
  });

  it('waits where it cannot be brought, and is brought by the next look, once', async () => {
    await writeFile(results, 'in the way');
    await project.drop({ 'students.csv': DROP });
    const { report } = await project.carry();
    expect(report.run.outcome).to.equal('delivered');
    await rm(results);
    await project.run();
    const [name = ''] = await project.names(results);
    expect(name).to.include(report.run.id);
    await rm(join(results, name));
    await project.run();
    expect(await project.names(results), 'taken by the district').to.deep.equal([]);
  });

  for (const [moment, isTaken] of [
    ['before it is visible', false],
    ['right after it became visible', false],
    ['after the district took it', true],
  ] as const)
    it(`is whole and there once, where the plug is pulled ${moment}`, async () => {
      await project.drop({ 'students.csv': DROP });
      const { report } = await project.carry(undefined, {
        openDestination: async ({ settings: { destination } }) => {
          const opened = await openDestination(destination, undefined);
          if (!destination.path.endsWith('results')) return opened;
          return {
            ...opened,
            async publish(file, run) {
              if (moment !== 'before it is visible') await opened.publish(file, run);
              if (isTaken) await rm(join(results, file.name));
              throw new Error('the plug is pulled');
            },
          };
        },
      });
      await project.run();
      const visible = (await project.names(results)).filter((name) => !name.startsWith('.'));
      expect(visible).to.deep.equal(isTaken ? [] : [`results_2026-11-22_${report.run.id}.csv`]);
      expect(await project.names(results)).to.deep.equal(visible);
      await project.run();
      expect(await project.names(join(project.folder, 'archive', '.state', 'north.answers'))).to.deep.equal(
        [],
      );
    });

  it('makes the folder, but none where the drop folder is gone', async () => {
    await project.drop({ 'students.csv': DROP });
    const moved = join(project.folder, 'elsewhere');
    await mkdir(moved);
    await writeFile(join(moved, 'students.csv'), DROP);
    await rm(project.inbound, { recursive: true });
    await project.carry({ named: new Map([['students', join(moved, 'students.csv')]]) });
    expect(await project.names(project.folder)).to.not.include('inbound');
  });
});
