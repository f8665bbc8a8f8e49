import { expect } from 'chai';
import { fieldSchema } from '../../../src/mapping/fields/schema.ts';
import { matchHeader } from '../../../src/parse/match-header.ts';
import { compilePersonReader, otherNames } from '../../../src/run/drafting/person-columns.ts';
import { findByName } from '../../../src/run/matching/find-by-name.ts';

const DAY = {
  date: '2026-11-22',
  time: '033000',
  schoolYear: { startYear: 2026, firstDay: '2026-07-01', lastDay: '2027-06-30' },
};

interface Shape {
  fields?: Record<string, unknown>;
  birth?: { column: string; format: string };
  otherDates?: readonly string[];
}

function fileOf(header: string, { fields = { id: 'ID' }, birth, otherDates = [] }: Shape = {}) {
  const found = matchHeader(header.split(','), { file: 'sis.csv', line: 1 });
  const mapping = {
    version: 1 as const,
    record: 'students' as const,
    read: undefined,
    write: undefined,
    identity: { id: 'ID', ...(birth && { birth_date: { ...birth, format: [birth.format] } }) },
    fields: Object.fromEntries(Object.entries(fields).map(([name, one]) => [name, fieldSchema.parse(one)])),
  };
  const context = { find: found.find, day: DAY };
  const input = {
    file: 'sis.csv',
    encoding: 'utf-8',
    delimiter: ',',
    header: found,
    notices: [],
    async *batches() {},
  };
  return { mapping, input, context, otherDates };
}

/** The value that a name has in a row; undefined where it means nothing. */
function readName(name: string, header: string, row: string, shape?: Shape): string | undefined {
  return findByName(name, fileOf(header, shape))?.(row.split(','));
}

describe('run/find-by-name', () => {
  for (const [what, name, header, row, fields, expected] of [
    ['the column of this name before any other', 'lname', 'ID,lname,Last_Name', '1,a,b', {}, 'a'],
    ['the column before a field of this name', 'lname', 'ID,lname,x', '1,a,b', { lname: 'x' }, 'a'],
    ['a field of this name, mapped', 'code', 'ID,x', '1,b', { code: { column: 'x', apply: ['upper'] } }, 'B'],
    ['a field without what stands before its dot', 'fname', 'ID,x', '1,b', { 'students.fname': 'x' }, 'b'],
    ['not two fields of one name', 'id2', 'ID,x,y', '1,b,c', { 'a.id2': 'x', 'b.id2': 'y' }, undefined],
    ['a column but for capitals and signs', 'State_ID', 'ID,state id', '1,7', {}, '7'],
    ['not two such columns', 'State_ID', 'ID,state id,StateID', '1,7,8', {}, undefined],
    ['a column that means the same', 'last_name', 'ID,Surname', '1,b', {}, 'b'],
    ['not two that mean the same', 'last_name', 'ID,Surname,lname', '1,b,c', {}, undefined],
    ['a field that means the same', 'last_name', 'ID,x', '1,b', { 'students.lname': 'x' }, 'b'],
    ['nobody else of the family', 'last_name', 'ID,x', '1,b', { 'contacts.lname': 'x' }, undefined],
    ['no field of another file', 'code', 'ID,x', '1,b', { code: { from: 'buses', column: 'x' } }, undefined],
  ] as const)
    it(`takes ${what}`, () => {
      const shape = { fields: { id: 'ID', ...fields } };
      expect(readName(name, header, row, shape)).to.equal(expected);
    });

  it('takes the birth date of the identity, whatever else is called so', () => {
    const shape = { birth: { column: 'Born', format: 'M/d/yyyy' } };
    expect(readName('birth_date', 'ID,birth_date,Born', '1,x,3/4/2015', shape)).to.equal('3/4/2015');
  });
});

describe('run/person-columns', () => {
  const NAMES = { identify: ['State_ID'], suggest: ['last_name', 'first_name', 'birth_date', 'Gender'] };
  const HEADER = 'ID,State_ID,Last,First,DOB,Gender';

  function read(dob: string, shape: Shape = {}) {
    return compilePersonReader(NAMES, fileOf(HEADER, shape))('1', ['1', 'T1', 'Ortiz', 'Ana', dob, 'F']);
  }

  it('reads a person, with other names beside the three that are known', () => {
    expect(otherNames(NAMES)).to.deep.equal(['Gender']);
    expect(read('2015-03-04')).to.deep.equal({
      id: '1',
      identify: ['T1'],
      lastName: 'Ortiz',
      firstName: 'Ana',
      birthDate: '2015-03-04',
      others: ['F'],
    });
  });

  it('reads birth dates in the format of the identity, of the other file, or a usual one', () => {
    const own = { birth: { column: 'DOB', format: 'd.M.yyyy' } };
    expect(read('4.3.2015', own).birthDate).to.equal('2015-03-04');
    expect(read('20150304', { otherDates: ['yyyyMMdd'] }).birthDate).to.equal('2015-03-04');
    expect(read('3/4/2015').birthDate).to.equal('2015-03-04');
    expect(read('soon').birthDate).to.equal('');
  });

  it('names everything that a file lacks at once', () => {
    const names = { identify: ['State_ID', 'SSN'], suggest: ['shoe'] };
    expect(() => compilePersonReader(names, fileOf(HEADER))).to.throw('2 mistakes');
  });
});
