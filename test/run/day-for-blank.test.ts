import { expect } from 'chai';
import { makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const ENTRY = `  entry: { type: transformation, column: Entry, apply: [ { today: { only_blank: true } } ] }
`;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Entry\n';
const drop = (...entries: string[]) =>
  HEADER + entries.map((entry, at) => `${at + 1},Lee,Ann,5/1/2015,F,A,10,5,${entry}\n`).join('');

describe('the day of the run, where the file has none', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({ mappings: { 'students.yaml': STUDENTS_MAPPING + ENTRY } });
  });
  afterEach(() => project.remove());

  async function night(businessDate: string, text: string) {
    await project.drop({ 'students.csv': text });
    const { report } = await project.carry({ businessDate });
    const lines = await project.read(`${project.outbound}/students_${businessDate}.csv`);
    return {
      totals: report.totals.students,
      entries: lines
        .trimEnd()
        .split('\r\n')
        .slice(1)
        .map((line) => line.split(',').at(-1)),
    };
  }

  it('stays the first one, and is no change of the student', async () => {
    await night('2026-11-22', drop('', '2026-08-18'));
    const { totals, entries } = await night('2026-11-23', drop('', '2026-08-18'));
    expect(totals).to.include({ updated: 0, unchanged: 2 });
    expect(entries).to.deep.equal(['2026-11-22', '2026-08-18']);
  });

  it('gives way to the day that the file says, and does not come back', async () => {
    const others = ['2026-08-18', '2026-08-19'];
    const entriesOn = async (day: string, entry: string) =>
      (await night(day, drop(entry, ...others))).entries[0];
    expect(await entriesOn('2026-11-22', '')).to.equal('2026-11-22');
    expect(await entriesOn('2026-11-23', '2026-09-01')).to.equal('2026-09-01');
    expect(await entriesOn('2026-11-24', '')).to.equal('2026-09-01');
  });
});
