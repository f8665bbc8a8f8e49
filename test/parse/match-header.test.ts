import { expect } from 'chai';
import { matchHeader } from '../../src/parse/match-header.ts';
import { NO_COLUMN } from '../../src/vocabulary/row.ts';

const PLACE = { file: 'students.csv', line: 1 };

function mistakesOf(columns: readonly string[], asked: readonly string[]): string[] {
  const header = matchHeader(columns, PLACE);
  for (const name of asked) header.find(name, `fields.${name.toLowerCase()}`);
  return header.mistakes().map(({ message, hint }) => `${message} | ${hint}`);
}

describe('matchHeader', () => {
  it('names every column that is missing, and lists what the header has', () => {
    const [first, second, ...more] = mistakesOf(['ID', 'Surname', '2026'], ['ID', 'Last', 'First']);
    expect(first).to.match(
      /^The header has no column "Last", which fields.last needs. It has: ID, Surname, 2026 \|/,
    );
    expect(second).to.match(/"First"/);
    expect(more).to.deep.equal([]);
  });

  it('lists a header of other names whole', () => {
    expect(mistakesOf(['A', 'Grade 5'], ['ID'])[0]).to.include('It has: A, Grade 5');
  });

  for (const row of [
    ['004711', 'Cruz'],
    ['Cruz', '3/9/2015'],
    ['Cruz', 'maria@example.org'],
    ['Cruz', '(312) 555-0123'],
    ['A1234', 'Cruz'],
    ['Cruz', '5-May-2015'],
  ])
    it(`takes ${row.join(',')} for a row and not for a header, and does not show it`, () => {
      const [mistake = ''] = mistakesOf(row, ['ID', 'Last']);
      expect(mistake).to.include('looks like data').and.to.include('read.header');
      for (const value of row) expect(mistake).not.to.include(value);
    });
});

describe('matchHeader: what stands in a header twice', () => {
  it('is told of names, and not of a row', () => {
    const told = (columns: string[]) => matchHeader(columns, PLACE).notices.map(({ message }) => message);
    expect(told(['ID', 'Phone', 'Phone'])).to.deep.equal(['The header has more than once: Phone']);
    expect(told(['A1234', 'Cruz', 'Cruz'])).to.deep.equal([]);
  });
});

describe('matchHeader: a file read as one column', () => {
  it('points to the delimiter', () => {
    expect(mistakesOf(['ID;Last;First'], ['ID'])[0]).to.match(/It has: ID;Last;First \| .*read\.delimiter/);
  });

  it('does not show a row', () => {
    expect(mistakesOf(['004711^Cruz^3/9/2015'], ['ID'])[0]).not.to.include('Cruz');
  });
});

describe('matchHeader: a name that is nearly right', () => {
  const cases: [asked: string, columns: string[], hint: RegExp][] = [
    ['First_Name', ['STUDENTS.First_Name', 'STUDENTS.Last_Name'], /The header has "STUDENTS.First_Name"/],
    ['First_Name', ['[01]First_Name', 'ID'], /The header has "\[01\]First_Name"/],
    ['students.First_Name', ['First_Name', 'ID'], /The header has "First_Name"/],
    ['LastName', ['Last Name', 'Surname'], /The header has "Last Name"/],
    ['last_name', ['Last_Name'], /The header has "Last_Name"/],
    ['Enroll_Status', ['Enrol_Status', 'ID'], /The header has "Enrol_Status"/],
  ];
  for (const [asked, columns, hint] of cases)
    it(`points from ${asked} to ${columns[0]}`, () => {
      expect(mistakesOf(columns, [asked])[0]).to.match(hint);
    });

  it('points to none where two are as near, or none is', () => {
    expect(mistakesOf(['CC.ID', 'ST.ID'], ['ID'])[0]).not.to.include('The header has "');
    expect(mistakesOf(['Surname'], ['Last'])[0]).not.to.include('The header has "');
  });

  it('says what to do about a name that the header has twice', () => {
    expect(mistakesOf(['ID', 'Phone', 'Phone'], ['Phone'])[0]).to.match(
      /as column 2 and as column 3 \| .*read\.header.*skip_lines/,
    );
  });
});

describe('matchHeader: names that are alike', () => {
  const value = (columns: readonly string[], asked: string | string[], match: 'exact' | 'alike' = 'alike') =>
    matchHeader(columns, PLACE, match).find(asked, 'fields.x')(columns);

  const cases: [asked: string | string[], columns: string[], found: string][] = [
    ['First_Name', ['first name', 'Last Name'], 'first name'],
    ['First_Name', ['[01]First_Name', '[01]Last_Name'], '[01]First_Name'],
    ['First_Name', ['STUDENTS.FIRST_NAME', 'ID'], 'STUDENTS.FIRST_NAME'],
    [['Student_Number', 'Student_ID'], ['Student ID', 'STUDENTS.Student_Number'], 'STUDENTS.Student_Number'],
    [['Student_Number', 'Student_ID'], ['studentnumber', 'Student_ID'], 'Student_ID'],
    ['STU.ID', ['CON.ID', 'STU.ID'], 'STU.ID'],
    ['STU.ID', ['CON.ID', 'ID'], ''],
    ['ID', ['CC.ID', 'ST.ID'], ''],
    ['Last_Name', ['Last Name', 'LastName'], ''],
  ];
  for (const [asked, columns, found] of cases)
    it(`finds ${found === '' ? 'nothing' : found} for ${asked} in ${columns}`, () => {
      expect(value(columns, asked)).to.equal(found);
    });

  it('are looked for where the mapping says so alone', () => {
    expect(value(['first name'], 'First_Name', 'exact')).to.equal('');
  });

  it('are refused where the file has the found one twice', () => {
    const header = matchHeader(['first name', 'first name'], PLACE, 'alike');
    header.find('First Name', 'fields.x');
    expect(header.mistakes()).to.have.length(1);
  });
});

describe('matchHeader: what it tells of columns', () => {
  it('says what asked for a column that may be missing, and what is named a little otherwise', () => {
    const header = matchHeader(['Student Number', 'Name'], { file: 'students.csv', line: 1 }, 'alike');
    header.find(['Student_Number', 'ID'], 'identity.id');
    header.find('Name', 'fields.name');
    header.find('Phone', 'fields.phone', { optional: true });
    expect(header.absent()).to.deep.equal(['fields.phone']);
    expect(header.alike()).to.deep.equal([{ asked: 'Student_Number', column: 'Student Number' }]);
    expect(header.unused()).to.deep.equal([]);
  });
});

describe('matchHeader: an optional column', () => {
  it('may be missing, until something needs it', () => {
    const header = matchHeader(['ID'], PLACE);
    expect(header.find('Phone', 'fields.phone', { optional: true })).to.equal(NO_COLUMN);
    expect(header.mistakes()).to.deep.equal([]);
    header.find('Phone', 'fields.other');
    expect(header.mistakes()[0]?.message).to.match(/which fields.other needs/);
  });

  it('is used where it is there', () => {
    const header = matchHeader(['ID', 'Phone'], PLACE);
    expect(header.find('Phone', 'fields.phone', { optional: true })(['1', '555'])).to.equal('555');
    expect(header.unused()).to.deep.equal(['ID']);
  });
});
