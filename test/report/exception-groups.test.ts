import { expect } from 'chai';
import { openExceptionGroups } from '../../src/report/exception-groups.ts';
import type { ExceptionRow } from '../../src/report/exceptions-csv.ts';
import { orderFixes } from '../../src/report/fix-order.ts';

const ROW: ExceptionRow = {
  file: 'students.csv',
  row: 1,
  line: 2,
  studentId: '1',
  field: 'gender',
  code: 'unknown_code',
  message: 'm',
  value: '',
};

function gather(rows: readonly Partial<ExceptionRow>[]) {
  const groups = openExceptionGroups();
  for (const row of rows) groups.add({ ...ROW, ...row });
  return groups.summary(false);
}

const many = (count: number, row: (at: number) => Partial<ExceptionRow>) =>
  Array.from({ length: count }, (_, at) => row(at));

describe('report/exception-groups', () => {
  it('puts rows of one cause together, and tells causes apart', () => {
    const { groups, lines } = gather([
      {},
      { row: 2 },
      { field: 'grade' },
      { message: 'other' },
      { code: 'age' },
    ]);
    expect(lines).to.equal(5);
    expect(groups.map(({ rows }) => rows)).to.deep.equal([2, 1, 1, 1]);
    expect(groups[0]?.first.map(({ row }) => row)).to.deep.equal([1, 2]);
  });

  it('says what a group asks of its reader', () => {
    const codes = ['unknown_code', 'age', 'duplicate', 'held', 'constructor'];
    const kinds = gather(codes.map((code) => ({ code }))).groups.map(({ kind }) => kind);
    expect(kinds).to.deep.equal(['broken', 'left_out', 'duplicate', 'held', 'held']);
  });

  it('keeps the first rows and the values that repeat, however many there are', () => {
    const values = ['Male', 'Male', 'X', 'Male', 'X', 'once', ''];
    const [group] = gather(many(7, (at) => ({ value: values[at] ?? '' }))).groups;
    expect(group?.first).to.have.length(5);
    expect(group?.values).to.deep.equal([
      { value: 'Male', rows: 3 },
      { value: 'X', rows: 2 },
    ]);
    const [names] = gather(many(100, (at) => ({ value: `name ${at % 50}` }))).groups;
    expect(names?.values).to.deep.equal([]);
  });

  it('ends in one group a code and field where messages have no end', () => {
    const { groups, lines } = gather(many(1000, (at) => ({ message: `m${at}` })));
    expect(groups).to.have.length(301);
    expect(groups.at(-1)).to.include({ message: '', rows: 700 });
    expect(groups.reduce((sum, { rows }) => sum + rows, 0)).to.equal(lines);
  });
});

describe('report/fix-order', () => {
  it('puts first what hides or carries the rest, and within a step what mends most rows', () => {
    const { groups } = gather([
      { code: 'orphan', field: '' },
      ...many(9, () => ({ code: 'bad_date', field: 'dob' })),
      { code: 'bad_phone', field: 'phone' },
      { code: 'required', field: 'name' },
      { code: 'too_long', field: 'identity.id' },
      ...many(2, () => ({ code: 'conflicting_duplicate', field: '' })),
      { code: 'field_count', field: '' },
      { code: 'age', field: '' },
    ]);
    const steps = orderFixes(groups);
    expect(steps.map((step) => step.groups.map(({ code }) => code))).to.deep.equal([
      ['field_count'],
      ['conflicting_duplicate', 'too_long'],
      ['required'],
      ['bad_date', 'bad_phone'],
      ['orphan'],
    ]);
    for (const { why } of steps) expect(why).to.match(/\.$/);
  });

  it('has no step where nothing is broken', () => {
    expect(orderFixes(gather([{ code: 'age' }, { code: 'duplicate' }]).groups)).to.deep.equal([]);
  });
});
