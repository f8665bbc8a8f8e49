import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import { planDistrict } from '../../src/sample/district.ts';
import { STUDENT_COLUMNS } from '../../src/sample/student-row.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { completedYears } from '../../src/time/calendar-date.ts';
import { type Cells, cell, readDay, readRows } from './read-district.ts';

const OPTIONS = { seed: 3, students: 4000, night: 0, mess: 'none' } as const;

describe('district', () => {
  let folder: string;
  let rows: Cells[];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rosterferry-sample-'));
    await writeNight(folder, { ...OPTIONS, businessDate: '2026-11-22' });
    rows = readRows(folder, 'students.csv').slice(1);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('refuses options that make no sense', () => {
    for (const wrong of [
      { students: 0 },
      { students: 1.5 },
      { students: 9e6 },
      { businessDate: '2026-02-30' },
    ])
      expect(() => planDistrict({ ...OPTIONS, businessDate: '2026-11-22', ...wrong })).to.throw(AppError);
  });

  it('gives active students the age of their grade', () => {
    const active = rows.filter((row) => cell(row, 'Enroll_Status') === '0');
    expect(active.length).to.be.within(3000, 3600);
    for (const row of active) {
      const grade = Number(cell(row, 'Grade_Level'));
      expect(grade).to.be.within(-1, 12);
      expect(ageOn(row, '2026-09-01')).to.be.within(grade + 5, grade + 6);
    }
  });

  it('gives graduates an age at which people have graduated, and dates in their order', () => {
    const graduates = rows.filter((row) => cell(row, 'Enroll_Status') === '3');
    const ages = graduates.map((row) => ageOn(row, '2026-09-01'));
    expect(Math.min(...ages)).to.be.at.least(18);
    expect(Math.max(...ages)).to.be.above(21);
    for (const row of rows.filter((one) => cell(one, 'ExitDate') !== '')) {
      const exit = readDay(cell(row, 'ExitDate')) ?? '';
      expect(exit > (readDay(cell(row, 'EntryDate')) ?? 'z')).to.equal(true);
      expect(exit < '2026-07-01').to.equal(true);
    }
  });

  it('follows the school year of the business date', async () => {
    const path = join(folder, 'summer');
    await writeNight(path, { ...OPTIONS, students: 300, businessDate: '2030-06-30' });
    const active = readRows(path, 'students.csv')
      .slice(1)
      .filter((row) => cell(row, 'Enroll_Status') === '0');
    for (const row of active)
      expect(ageOn(row, '2029-09-01') - Number(cell(row, 'Grade_Level'))).to.be.within(5, 6);
  });

  it('has ids that are unique and keep their leading zeros', () => {
    const ids = rows.map((row) => cell(row, 'Student_Number'));
    const stateIds = rows.map((row) => cell(row, 'State_StudentNumber')).filter((id) => id !== '');
    expect(new Set(ids).size).to.equal(rows.length);
    expect(new Set(stateIds).size).to.equal(stateIds.length);
    expect(stateIds.length).to.be.below(rows.length);
    expect(stateIds.every((id) => /^\d{10}$/.test(id))).to.equal(true);
    expect(stateIds.filter((id) => id.startsWith('0')).length).to.be.above(rows.length / 2);
    expect(rows.some((row) => cell(row, 'Zip') === '02138')).to.equal(true);
  });

  it('has the people whose names break pipelines', () => {
    const surnames = new Set(rows.map((row) => cell(row, 'Last_Name')));
    for (const odd of ['Null', 'NA', "O'Brien", 'O’Connor', 'Smith-Jones', 'De La Cruz', 'Nguyễn', 'Ng'])
      expect(surnames.has(odd), odd).to.equal(true);
    const first = rows.map((row) => cell(row, 'First_Name'));
    expect(first).to.include('');
    expect(first.some((name) => /^\S.* "\w+"$/.test(name))).to.equal(true);
    expect([...surnames].some((name) => name !== name.trim())).to.equal(true);
    expect([...surnames].some((name) => name.endsWith(', Jr.'))).to.equal(true);
  });

  it('has siblings who share an address, and twins', () => {
    const homes = new Map<string, Cells[]>();
    for (const row of rows) {
      const home = (['Last_Name', 'Street', 'City', 'Zip'] as const)
        .map((column) => cell(row, column).trim())
        .join('|');
      homes.set(home, [...(homes.get(home) ?? []), row]);
    }
    const siblings = [...homes.values()].filter((home) => home.length > 1);
    expect(siblings.length).to.be.above(400);
    const twins = siblings.filter((home) => new Set(home.map((row) => cell(row, 'DOB'))).size < home.length);
    expect(twins.length).to.be.above(20);
  });

  it('invents phones of the range for fiction and addresses that nobody owns', () => {
    for (const row of rows) {
      const digits = cell(row, 'Home_Phone').replace(/\D/g, '');
      if (digits !== '') expect(digits).to.match(/^1?\d{3}55501\d\d$/);
      const email = cell(row, 'Email').toLowerCase();
      if (email !== '') expect(email).to.match(/^[a-z.0-9]+@students\.riverside\.example\.org$/);
    }
  });

  it('writes rows of about 240 bytes, three in a hundred quoted, some with line breaks inside', () => {
    const text = readFileSync(join(folder, 'students.csv'), 'utf8');
    const quoted = rows.filter((row) => row.some((field) => /[",\r\n]/.test(field)));
    expect(Buffer.byteLength(text) / rows.length).to.be.within(225, 255);
    expect(quoted.length / rows.length).to.be.within(0.02, 0.04);
    expect(rows.some((row) => cell(row, 'Notes').includes('\n'))).to.equal(true);
    expect(rows.some((row) => cell(row, 'Notes').includes('"'))).to.equal(true);
    expect(rows.some((row) => cell(row, 'Street').includes(','))).to.equal(true);
  });

  it('has 24 columns', () => {
    expect(STUDENT_COLUMNS.length).to.equal(24);
    expect(readRows(folder, 'students.csv')[0]).to.deep.equal([...STUDENT_COLUMNS]);
  });
});

function ageOn(row: Cells, day: string): number {
  return completedYears(readDay(cell(row, 'DOB')) ?? '', day);
}
