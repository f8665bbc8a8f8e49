import { expect } from 'chai';
import { ANSWER_COLUMNS, answerRow, summariseAnswer } from '../../src/acknowledge/build-answer.ts';
import { FINDING_CODES } from '../../src/vocabulary/finding.ts';
import { OUTCOMES } from '../../src/vocabulary/run.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { INELIGIBLE_REASONS } from '../../src/vocabulary/verdict.ts';

const REMARK = {
  file: 's.csv',
  row: 2,
  line: 3,
  studentId: '7',
  field: 'dob',
  code: 'bad_date',
  message: 'No date.',
};

describe('the rows of a result file', () => {
  it('are one for each row, however much is wrong with it', () => {
    const other = { ...REMARK, field: 'gender', code: 'unknown_code', message: 'No code.' };
    const cells = answerRow([REMARK, other, { ...other, field: 'race' }], 'a,b');
    expect(cells).to.have.length(ANSWER_COLUMNS.length);
    expect(cells.slice(0, 7)).to.deep.equal([
      's.csv',
      2,
      3,
      '7',
      'dob; gender; race',
      'bad_date; unknown_code',
      'No date.; No code.',
    ]);
    expect(cells.at(-1)).to.equal('a,b');
  });

  it('have a hint for every code', () => {
    const codes = [...Object.keys(FINDING_CODES), ...INELIGIBLE_REASONS, 'duplicate', 'not_primary', 'held'];
    for (const code of codes) expect(answerRow([{ ...REMARK, code }], '')[7], code).to.match(/\w{3}.*\.$/);
  });

  it('begin with how the run ended and what became of each file', () => {
    const facts = { run: 'r1', title: 'North', businessDate: '2026-11-22', failure: undefined };
    const totals = { ...emptyBooks().totals, read: 3, carried: 2, held: 1 };
    for (const outcome of OUTCOMES) {
      const [whole, file] = summariseAnswer({ ...facts, outcome, files: [{ file: 's.csv', totals }] });
      expect(whole?.[6]).to.match(/^North, 2026-11-22: .* The run is r1\.$/);
      expect(file).to.deep.include('3 rows read: 2 carried, 1 waiting for a person.');
    }
    const failure = { message: 'No column.', hint: 'Mend it.' };
    const [, why] = summariseAnswer({ ...facts, outcome: 'failed', files: [], failure });
    expect(why?.slice(5, 8)).to.deep.equal(['summary', 'No column.', 'Mend it.']);
  });
});
