import { expect } from 'chai';
import { changesHeader, renderChanges } from '../../src/report/changes-csv.ts';

describe('report/changes-csv', () => {
  it('has one line a field, before and after', () => {
    const text =
      changesHeader +
      renderChanges([
        { studentId: '00123', change: 'promoted', field: 'students.grade', before: '04', after: '05' },
        { studentId: '00124', change: 'updated', field: 'students.phone', before: '', after: '+15550100000' },
      ]);
    expect(text).to.equal(
      "student_id,change,field,before,after\r\n00123,promoted,students.grade,04,05\r\n00124,updated,students.phone,,'+15550100000\r\n",
    );
  });
});
