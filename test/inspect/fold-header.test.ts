import { expect } from 'chai';
import { foldHeader, headerWords, withoutTable } from '../../src/inspect/fold-header.ts';

describe('inspect/fold-header', () => {
  for (const header of ['Student_Number', 'studentNumber', 'STUDENT NUMBER', 'Student #', ' student-number '])
    it(`folds ${header}`, () => expect(foldHeader(header)).to.equal('studentnumber'));

  it('parts words at capitals, keeping abbreviations together', () => {
    expect(headerWords('SchoolIDCode')).to.deep.equal(['school', 'id', 'code']);
    expect(headerWords('Año de ingreso')).to.deep.equal(['ano', 'de', 'ingreso']);
  });

  it('takes off the table that exports put before the name', () => {
    expect(withoutTable('STUDENTS.Last_Name')).to.equal('Last_Name');
    expect(withoutTable('[S_CA_X]Last_Name')).to.equal('Last_Name');
    expect(withoutTable('Last_Name')).to.equal('Last_Name');
  });
});
