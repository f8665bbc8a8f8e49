import { expect } from 'chai';
import { buildSheet } from '../../src/review/build-sheet.ts';
import { compileQuestions } from '../../src/review/compile-questions.ts';
import { DEPENDANT_MARK } from '../../src/vocabulary/memory.ts';
import { ITEMS, item, questionsOf, RUN, STARTED_AT } from '../builders/review.ts';

describe('review/build-sheet', () => {
  it('has a row a question: what is asked, the values side by side, and last by what it is found again', () => {
    const [header, ...rows] = buildSheet(questionsOf());
    expect(header?.join()).to.equal(
      'decision,kind,file,student_id,field,why,candidates,existing,new,reason,student_id (value),last_name,birth_date,phone,run,key',
    );
    expect(rows.map((row) => row[1])).to.deep.equal(ITEMS.map(({ kind }) => kind));
    expect(rows[1]?.[6]).to.equal(
      'S-123: 93, same birth date, last name one letter different | 00456: 71, same name',
    );
    expect(rows[2]?.slice(0, 14)).to.deep.equal([
      ...['', 'difference', 'students', '0013', 'phone', 'A student of the other side is like this one.', ''],
      ...['555-0199', '555-0101', '', '0013', 'Poe', '2014-02-28', '555-0101'],
    ]);
    expect(rows[2]?.[14]).to.equal(RUN);
    expect(rows[2]?.[15]).to.match(/^difference\/students\/0013\/phone\/1\/v/);
  });

  it('has the fields of the files that are asked about, each once, and no others', () => {
    const entries = [
      { kind: 'file', file: 'students', targets: ['id', 'name'] },
      { kind: 'file', file: 'staff', targets: ['badge'] },
      { kind: 'file', file: 'contacts', targets: ['id', 'phone'] },
      { kind: 'item', item: item({ values: ['1', 'Lee'] }) },
      { kind: 'item', item: item({ file: 'contacts', id: `1${DEPENDANT_MARK}00ff`, values: ['1', '555'] }) },
    ] as const;
    const [header, , contact] = buildSheet(
      compileQuestions({ run: RUN, startedAt: STARTED_AT, entries, decisions: [] }),
    );
    expect(header?.slice(10, -2)).to.deep.equal(['id', 'name', 'phone']);
    expect(contact?.slice(10, -2)).to.deep.equal(['1', '', '555']);
    // A dependant is shown under its student; the key knows which one it is.
    expect(contact?.[3]).to.equal('1');
    expect(contact?.at(-1)).to.include('~1f~00ff');
  });

  it('gives columns of one name two names, and questions of one name two keys', () => {
    const targets = ['key', 'key (value)', 'toString'];
    const twice = [item({ values: ['a', 'b', 'c'] }), item({ values: ['a', 'b', 'c'] })];
    const [header = [], first, second] = buildSheet(questionsOf(twice, [], targets));
    expect(header.slice(10)).to.deep.equal(['key (value)', 'key (value) (value)', 'toString', 'run', 'key']);
    expect(new Set(header).size).to.equal(header.length);
    expect(first?.at(-1)).to.not.equal(second?.at(-1));
  });
});
