import { expect } from 'chai';
import { roleOfColumn } from '../../src/compare/column-roles.ts';
import { compilePersonKey } from '../../src/compare/person-key.ts';

describe('roleOfColumn', () => {
  for (const [name, role] of [
    ['last_name', 'last_name'],
    ['Last Name', 'last_name'],
    ['students.lname', 'last_name'],
    ['Student_Last_Name', 'last_name'],
    ['LegalSurname', 'last_name'],
    ['students.fname', 'first_name'],
    ['First_Name', 'first_name'],
    ['givenName', 'first_name'],
    ['students.DOB', 'birth_date'],
    ['Birthdate', 'birth_date'],
    ['date-of-birth', 'birth_date'],
    ['Middle_Name', 'middle_name'],
    ['State_ID', 'other'],
    ['Last_Updated', 'other'],
    ['Gender', 'other'],
    ['', 'other'],
  ] as const)
    it(`${name}: ${role}`, () => {
      expect(roleOfColumn(name)).to.equal(role);
    });
});

describe('compilePersonKey', () => {
  const targets = ['contact1.lname', 'students.id', 'students.fname', 'students.lname', 'students.DOB'];
  const keyOf = compilePersonKey(targets);
  const key = keyOf?.(['Ortiz', '7', 'José', "O'Brien", '2015-03-04']);

  it('is made of the names and the birth date of the student', () => {
    expect(key).to.equal('obrien|jose|3-4-2015');
  });

  it('is the same however they are written', () => {
    expect(keyOf?.(['', '8', 'JOSE', 'OBrien', '3/4/2015'])).to.equal(key);
  });

  it('is blank where one of the three is', () => {
    expect(keyOf?.(['Ortiz', '7', '', 'Ortiz', '2015-03-04'])).to.equal('');
    expect(keyOf?.(['Ortiz', '7', 'Ana', 'Ortiz', ' '])).to.equal('');
  });

  it('cannot be made without their fields', () => {
    expect(compilePersonKey(['id', 'first_name', 'last_name'])).to.equal(undefined);
    expect(compilePersonKey(['id', 'first_name', 'guardian_last_name', 'dob'])).to.equal(undefined);
  });
});
