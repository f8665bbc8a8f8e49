import { expect } from 'chai';
import { type AppError, AppErrors } from '../../src/errors/app-error.ts';
import type { Questions } from '../../src/review/compile-questions.ts';
import type { FilledSheet } from '../../src/review/locate-rows.ts';
import { type TakenReview, takeDecisions } from '../../src/review/take-decisions.ts';
import {
  DIFFERENCE,
  decisionOf,
  type Edits,
  fill,
  ITEMS,
  item,
  questionsOf,
  REACTIVATED,
  RITA,
} from '../builders/review.ts';

function take(edits: Edits, questions: Questions = questionsOf()): TakenReview {
  return takeDecisions(fill(questions, edits), questions, RITA);
}

function mistakes(sheet: FilledSheet, questions: Questions): AppError[] {
  try {
    takeDecisions(sheet, questions, RITA);
    return [];
  } catch (error) {
    return error instanceof AppErrors ? [...error.errors] : [error as AppError];
  }
}

function mistakesOf(edits: Edits, questions: Questions = questionsOf()): string[] {
  return mistakes(fill(questions, edits), questions).map(
    ({ code, place }) => `${code} ${place?.line}:${place?.column}`,
  );
}

describe('review/take-decisions', () => {
  it('takes nothing from a sheet that nobody touched', () => {
    const { taken, restated, notices, openCount } = take({});
    expect([taken, restated, notices, openCount]).to.deep.equal([[], [], [], 3]);
  });

  it('takes what was decided, with who, when, why, before and after', () => {
    const { taken, openCount } = take({
      '0012': { decision: 'match:S-123', reason: ' seen the passport ' },
      '0013': { decision: 'keep_existing' },
      '0014': { decision: 'approve' },
    });
    expect(taken.map(({ id, field, choice }) => [id, field, choice])).to.deep.equal([
      ['0012', 'identity.id', 'match:S-123'],
      ['0013', 'phone', 'keep_existing'],
      ['0014', '', 'approve'],
    ]);
    expect(taken[0]).to.deep.equal({
      ...decisionOf({ choice: 'match:S-123', by: 'rita', at: RITA.at, reason: 'seen the passport' }),
      before: '',
      after: 'match:S-123',
    });
    expect(taken[1]).to.include({ about: '555-0101', before: '555-0101', after: '555-0199' });
    expect(openCount).to.equal(0);
  });

  it('remembers who was shown and refused', () => {
    expect(take({ '0012': { decision: 'new' } }).taken[0]?.shown).to.deep.equal(['S-123', '00456']);
  });

  it('reads a decision in any case, with blanks around it', () => {
    const said = [' NEW ', 'Leave Out', 'leave-out', ' MATCH : S-123 ', 'match:s-123', '\u00a0new'];
    const choices = said.map((decision) => take({ '0012': { decision } }).taken[0]?.choice);
    expect(choices).to.deep.equal(['new', 'leave_out', 'leave_out', 'match:S-123', 'match:S-123', 'new']);
  });

  it('takes a match with somebody else, and says so', () => {
    const { taken, notices } = take({ '0012': { decision: 'match:S-999' } });
    expect(taken[0]?.choice).to.equal('match:S-999');
    expect(notices).to.have.length(1);
    expect(notices[0]).to.include({ code: 'no_candidate', line: 3 });
  });

  it('takes a changed value as a correction, and leaves the question of its row open', () => {
    const { taken, openCount } = take({ '0012': { phone: '555-0200' } });
    expect(taken).to.have.length(1);
    expect(taken[0]).to.include({ field: 'phone', choice: 'value', value: '555-0200', about: '555-0100' });
    expect(taken[0]).to.include({ before: '555-0100', after: '555-0200' });
    expect(openCount).to.equal(3);
  });

  it('answers a difference by a correction, in the column of the field or in the column new', () => {
    for (const edit of [
      { phone: '555-0200' },
      { new: '555-0200' },
      { phone: '555-0200', new: '555-0200', decision: 'new' },
      { phone: '555-0200', decision: 'value' },
    ]) {
      const { taken, openCount } = take({ '0013': edit });
      expect(taken.map(({ choice, value }) => [choice, value])).to.deep.equal([['value', '555-0200']]);
      expect(openCount).to.equal(2);
    }
  });

  it('can take both, a correction and a decision about the record', () => {
    const { taken } = take({ '0014': { decision: 'approve', phone: '555-0200' } });
    expect(taken.map(({ field, choice }) => [field, choice])).to.deep.equal([
      ['phone', 'value'],
      ['', 'approve'],
    ]);
  });

  it('can blank a value', () => {
    expect(take({ '0012': { phone: '' } }).taken[0]).to.include({
      choice: 'value',
      value: '',
      about: '555-0100',
    });
  });

  it('says that approve in a row about the run releases nothing', () => {
    const { taken, notices } = take({ '': { decision: 'approve' } });
    expect(taken).to.deep.equal([]);
    expect(notices[0]?.message).to.include('rosterferry approve RUN does');
  });

  it('names every wrong cell at once, each with what is allowed there, and takes nothing', () => {
    const found = mistakes(
      fill(questionsOf(), {
        '': { decision: 'leave_out' },
        '0012': { decision: 'keep_existing' },
        '0013': { decision: 'yes' },
        '0014': { decision: 'match:S-1', birth_date: '########' },
        '0015': { decision: 'approve', phone: '1' },
      }),
      questionsOf(),
    );
    expect(
      found.map(({ code, place }) => `${code} ${place?.file}:${place?.line}:${place?.column}`),
    ).to.deep.equal([
      'review_decision review.csv:2:1',
      'review_decision review.csv:3:1',
      'review_decision review.csv:4:1',
      'review_decision review.csv:5:1',
      'review_value review.csv:5:13',
      'review_decision review.csv:6:1',
      'review_value review.csv:6:14',
    ]);
    expect(found[1]?.hint).to.include('match:ID (an ID of the column candidates), new, leave_out, or blank');
    expect(found[2]?.hint).to.include('new, keep_existing, value, leave_out, or blank');
    expect(found[5]?.message).to.include('student who is gone');
    expect(found[5]?.hint).to.include('rosterferry approve RUN');
    const words = found.map(({ message, hint }) => message + hint).join(' ');
    for (const value of ['0012', 'S-123', 'Lee', '555-0100']) expect(words).to.not.include(value);
  });

  const WRONG: readonly [what: string, edits: Edits, code: string][] = [
    ['value, where nothing was changed', { '0012': { decision: 'value' } }, 'review_decision 3:1'],
    ['match without an id', { '0012': { decision: 'match:' } }, 'review_decision 3:1'],
    ['an id without match', { '0012': { decision: 'S-123' } }, 'review_decision 3:1'],
    ['a candidate without its zeros', { '0012': { decision: 'match:456' } }, 'review_decision 3:1'],
    [
      'the old value, and a new one',
      { '0013': { decision: 'keep_existing', phone: '1' } },
      'review_conflict 4:1',
    ],
    ['two new values', { '0013': { phone: '1', new: '2' } }, 'review_conflict 4:9'],
    ['the value of the other side', { '0013': { existing: '1' } }, 'review_value 4:8'],
    ['new, where nothing differs', { '0012': { new: '1' } }, 'review_value 3:9'],
    ['an id whose zeros are gone', { '0012': { student_id: '12' } }, 'review_id 3:4'],
    ['the id of another row', { '0012': { student_id: '0013' } }, 'review_id 3:4'],
    ['another kind', { '0012': { kind: 'removed' } }, 'review_id 3:2'],
    ['no key', { '0012': { key: '' } }, 'review_row 3:16'],
    ['a key that was typed over', { '0012': { key: 'match/students' } }, 'review_row 3:16'],
    ['the sheet of another run', { '0012': { run: '20260101T000000Z-north-000000' } }, 'review_row 3:15'],
    ['a lost character', { '0012': { last_name: 'L\ufffde' } }, 'review_value 3:12'],
    ['a shortened number', { '0012': { student_id: '0012', phone: '#NAME?' } }, 'review_value 3:14'],
    ['a date of another form', { '0012': { birth_date: '6/2/2015' } }, 'review_value 3:13'],
  ];
  for (const [what, edits, code] of WRONG) {
    it(`refuses ${what}`, () => {
      expect(mistakesOf(edits)).to.deep.equal([code]);
    });
  }

  it('says of an id what the spreadsheet did to it', () => {
    const [error] = mistakes(fill(questionsOf(), { '0012': { student_id: '12' } }), questionsOf());
    expect(error?.message).to.equal(
      'The spreadsheet changed the cell student_id: its leading zeros are gone',
    );
    expect(error?.hint).to.include('as text');
  });

  it('counts the rows of another run once', () => {
    const run = '20260101T000000Z-north-000000';
    const edits = { '0012': { run }, '0013': { run }, '0014': { run } };
    const [error, ...more] = mistakes(fill(questionsOf(), edits), questionsOf());
    expect([error?.message, more]).to.deep.equal(['This row and 2 more are of the sheet of another run', []]);
  });

  it('refuses two rows that decide differently about one record, and takes two that agree once', () => {
    const other = { ...DIFFERENCE, field: 'last_name', existing: 'Po' };
    const questions = questionsOf([DIFFERENCE, other]);
    const sheet = fill(questions, { '0013': { decision: 'leave_out' } });
    expect(takeDecisions(sheet, questions, RITA).taken).to.have.length(1);
    const [first, second] = sheet.rows;
    const apart = {
      ...sheet,
      rows: [
        { line: 2, cells: first?.cells.with(13, '1') ?? [] },
        { line: 3, cells: second?.cells.with(13, '2') ?? [] },
      ],
    };
    expect(mistakes(apart, questions).map(({ code, message }) => [code, message])).to.deep.equal([
      [
        'review_conflict',
        'This says otherwise than line 2, which is about the same field of the same record',
      ],
    ]);
  });

  it('finds its columns in any order, with others between, and passes over blank rows', () => {
    const questions = questionsOf();
    const { columns, rows, ...sheet } = fill(questions, { '0012': { decision: 'new' } });
    const turn = (cells: readonly string[], extra: string) => [extra, ...cells.toReversed(), ''];
    const turned = {
      ...sheet,
      columns: turn(columns, 'note'),
      rows: [
        { line: 2, cells: ['', '', ''] },
        ...rows.toReversed().map(({ line, cells }) => ({ line, cells: turn(cells, 'call mother') })),
        { line: 9, cells: ['a note of mine'] },
      ],
    };
    expect(takeDecisions(turned, questions, RITA).taken.map(({ choice }) => choice)).to.deep.equal(['new']);
  });

  it('does without columns and rows that were deleted', () => {
    const questions = questionsOf();
    const { columns, rows, ...sheet } = fill(questions, { '0012': { decision: 'new' } });
    const kept = ['decision', 'key'].map((name) => columns.indexOf(name));
    const some = {
      ...sheet,
      columns: kept.map((at) => columns[at] ?? ''),
      rows: rows.slice(0, 2).map(({ line, cells }) => ({ line, cells: kept.map((at) => cells[at] ?? '') })),
    };
    expect(takeDecisions(some, questions, RITA).taken).to.have.length(1);
    const none = { ...some, columns: ['verdict', 'clue'] };
    expect(mistakes(none, questions).map(({ code, message }) => [code, message])).to.deep.equal([
      ['review_column', 'The header has no column decision'],
      ['review_column', 'The header has no column key'],
    ]);
    const twice = { ...some, columns: ['decision', 'decision', 'key'] };
    expect(mistakes(twice, questions)[0]?.message).to.equal('The column decision is in the header twice');
  });

  it('tells a row that is short from one that was blanked', () => {
    const questions = questionsOf([item({ values: ['0012', 'Lee', '2015-05-01', ''] })]);
    const { columns, rows, ...sheet } = fill(questions);
    const order = [15, 0, 13, 12];
    const cut = (count: number) => ({
      ...sheet,
      columns: order.map((at) => columns[at] ?? ''),
      rows: rows.map(({ line, cells }) => ({
        line,
        cells: order.map((at) => cells[at] ?? '').slice(0, count),
      })),
    });
    expect(mistakes(cut(4), questions)).to.deep.equal([]);
    expect(mistakes(cut(3), questions).map(({ code }) => code)).to.deep.equal(['review_value']);
    const long = { ...cut(4), rows: cut(4).rows.map((row) => ({ ...row, cells: [...row.cells, 'Jr.'] })) };
    expect(mistakes(long, questions).map(({ code }) => code)).to.deep.equal(['review_row']);
  });

  it('takes no second time what was decided before, and shows it in the sheet', () => {
    const decisions = [
      decisionOf({ choice: 'match:S-123', reason: 'seen' }),
      decisionOf({ id: '0013', field: 'phone', choice: 'value', value: '555-0200', about: '555-0101' }),
    ];
    const questions = questionsOf(ITEMS, decisions);
    const sheet = fill(questions);
    expect(sheet.rows[1]?.cells[0]).to.equal('match:S-123');
    expect(sheet.rows[2]?.cells[0]).to.equal('value');
    expect(sheet.rows[2]?.cells[13]).to.equal('555-0200');
    const { taken, restated, openCount } = takeDecisions(sheet, questions, RITA);
    expect([taken, restated.length, openCount]).to.deep.equal([[], 1, 1]);
    const changed = fill(questions, { '0012': { decision: 'new' }, '0013': { decision: 'keep_existing' } });
    const again = takeDecisions(changed, questions, RITA).taken;
    expect(again.map(({ choice, reason }) => [choice, reason])).to.deep.equal([
      ['new', 'seen'],
      ['keep_existing', ''],
    ]);
    expect(again[0]?.before).to.equal('match:S-123');
    const another = fill(questions, { '0012': { reason: 'asked the mother' } });
    expect(takeDecisions(another, questions, RITA).taken[0]?.reason).to.equal('asked the mother');
    const blanked = takeDecisions(fill(questions, { '0012': { decision: '' } }), questions, RITA);
    expect([blanked.taken, blanked.notices[0]?.code]).to.deep.equal([[], 'stays_decided']);
  });

  it('asks again what was decided before the run and is asked nonetheless', () => {
    const old = decisionOf({ choice: 'match:S-123', at: '2026-10-01T04:00:00.000-05:00' });
    const questions = questionsOf(ITEMS, [old]);
    expect(fill(questions).rows[1]?.cells[0]).to.equal('');
    const { taken } = takeDecisions(
      fill(questions, { '0012': { decision: 'match:S-123' } }),
      questions,
      RITA,
    );
    expect(taken).to.have.length(1);
    const left = questionsOf(
      [{ ...REACTIVATED, kind: 'left_out', id: '0012' }],
      [{ ...old, field: '', choice: 'leave_out' }],
    );
    expect(fill(left).rows[0]?.cells[0]).to.equal('leave_out');
  });

  it('lets a correction be corrected, about what the mapping makes', () => {
    const known = decisionOf({ field: 'phone', choice: 'value', value: '555-0200', about: '555-0100' });
    const drafted = item({ values: item().values.with(3, '555-0200') });
    const questions = questionsOf([drafted], [known]);
    expect(takeDecisions(fill(questions), questions, RITA).taken).to.deep.equal([]);
    const { taken } = takeDecisions(fill(questions, { '0012': { phone: '555-0300' } }), questions, RITA);
    expect(taken[0]).to.include({
      value: '555-0300',
      about: '555-0100',
      before: '555-0200',
      after: '555-0300',
    });
  });

  it('passes over rows whose question was answered since, unless they say something else', () => {
    const exported = fill(questionsOf(), { '0012': { decision: 'MATCH: S-123' } });
    const decided = [decisionOf({ choice: 'match:S-123' })];
    const now = questionsOf([DIFFERENCE, REACTIVATED], decided);
    const { taken, notices } = takeDecisions(exported, now, RITA);
    expect(taken).to.deep.equal([]);
    expect(notices[0]?.message).to.match(/^3 rows are about questions that the run no longer asks/);
    const other = fill(questionsOf(), { '0012': { decision: 'new' } });
    expect(mistakes(other, now).map(({ code }) => code)).to.deep.equal(['review_stale']);
  });

  it('does not turn the values of an older drafting into corrections', () => {
    const exported = fill(questionsOf(), { '0012': { decision: 'new' } });
    const drafted = ITEMS.map((one) =>
      one.id === '0012' ? { ...one, values: one.values.with(3, '1') } : one,
    );
    expect(mistakes(exported, questionsOf(drafted)).map(({ code }) => code)).to.deep.equal(['review_stale']);
  });
});
