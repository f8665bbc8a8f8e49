import { expect } from 'chai';
import { type ExceptionRow, exceptionsHeader, renderExceptions } from '../../src/report/exceptions-csv.ts';

describe('report/exceptions-csv', () => {
  const row: ExceptionRow = {
    file: 'students',
    row: 7,
    line: 9,
    studentId: '00123',
    field: 'students.DOB',
    code: 'bad_date',
    message: 'The value is no date of the format M/d/yyyy.',
    value: '02/30/2026',
  };

  it('has the columns that people and programs know', () => {
    expect(exceptionsHeader).to.equal('file,row,line,student_id,field,code,message,value\r\n');
    expect(renderExceptions([row])).to.equal(
      'students,7,9,00123,students.DOB,bad_date,The value is no date of the format M/d/yyyy.,02/30/2026\r\n',
    );
  });

  it('can be written in batches', () => {
    const other = { ...row, row: 8, value: '=HYPERLINK("http://x")' };
    expect(renderExceptions([row]) + renderExceptions([]) + renderExceptions([other])).to.equal(
      renderExceptions([row, other]),
    );
    expect(renderExceptions([other])).to.include(`"'=HYPERLINK(""http://x"")"`);
  });
});
