import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { countBooks } from '../../src/tally/count-books.ts';
import { FATES, type LastTable, openLastTable } from '../../src/tally/last-table.ts';
import { ACQUAINTANCE, matchLast } from '../../src/tally/match-last.ts';
import { openRoll, type Roll } from '../../src/tally/roll.ts';
import { NO_STANDING, type RowVerdict } from '../../src/tally/roll-entry.ts';
import { holdRows, settleDuplicates, settleStudents, settleUnique } from '../../src/tally/settle.ts';

const NOWHERE = { offset: 0, length: 0 };
const BLANK = { standing: NO_STANDING, previousId: '', outbound: NOWHERE, exceptions: NOWHERE };
const CARRIED: RowVerdict = { kind: 'carried' };
let folder: string;
let rolls: Roll[];
let made = 0;
interface Row {
  id: string;
  content?: string;
  mapped?: string;
  length?: number;
  /** Of its lines among the exceptions. */
  except?: number;
  key?: string;
  verdict?: RowVerdict;
}

function rollOf(rows: readonly Row[], last?: LastTable): Roll {
  const roll = openRoll(join(folder, `roll-${made++}`), last);
  rolls.push(roll);
  let offset = 0;
  let exceptionsAt = 0;
  for (const [index, one] of rows.entries()) {
    const { id, content = id, key = id, mapped = '', length = 0, except = 0, verdict = CARRIED } = one;
    const outbound = { offset, length };
    const exceptions = { offset: exceptionsAt, length: except };
    const entry = { ...BLANK, row: index + 1, line: index + 2, id, verdict, outbound, exceptions };
    roll.enter(entry, { key, content, mapped });
    offset += length;
    exceptionsAt += except;
  }
  return roll;
}

const MAPPED = 'as it was';
const MAPPED_HEX = Buffer.from(MAPPED).toString('hex').slice(0, 16);

function lastOf(students: readonly string[], schoolOf = (_: string) => ''): LastTable {
  const table = openLastTable('by_student');
  for (const student of students)
    table.add({ student, mapped: MAPPED_HEX, school: schoolOf(student), isGone: false });
  return table;
}

function verdicts(roll: Roll): string[] {
  return [...roll.entries()].map(({ verdict }) => {
    if (verdict.kind === 'rejected') return verdict.code;
    return verdict.kind === 'ineligible' ? verdict.reason : verdict.kind;
  });
}

describe('tally', () => {
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tally-'));
    rolls = [];
  });
  afterEach(() => {
    for (const roll of rolls) roll.close();
    rmSync(folder, { recursive: true });
  });

  describe('roll', () => {
    it('leaves nothing in its folder, not even while it is read', () => {
      const roll = rollOf([{ id: '1' }, { id: '2' }]);
      expect(roll.size()).to.equal(2);
      expect(readdirSync(folder)).to.deep.equal([]);
      expect(verdicts(roll)).to.deep.equal(['carried', 'carried']);
    });

    it('gives back what was entered, in order', () => {
      const roll = openRoll(join(folder, 'roll'));
      rolls.push(roll);
      const entry = {
        row: 1,
        line: 9,
        id: 'Núñez-7',
        verdict: { kind: 'ineligible', reason: 'age' } as const,
        standing: { active: true, school: '010', grade: '' },
        previousId: 'Ñ-6',
        outbound: { offset: 5e9, length: 7 },
        exceptions: { offset: 3, length: 4 },
      };
      roll.enter(entry, { key: 'Núñez-7', content: 'abcdefgh', mapped: 'stuvwxyz and more' });
      const hashes = { content: '6162636465666768', mapped: '737475767778797a' };
      expect([...roll.entries()]).to.deep.equal([{ ...entry, ...hashes, revised: false }]);
    });

    it('puts neighbours together that are kept, and gives every other row whole', () => {
      const held = { kind: 'held' } as const;
      const roll = rollOf([
        ...['1', '2', '3'].map((id) => ({ id, length: 10 })),
        { id: '4', verdict: held },
        ...['5', '6', '7', '8'].map((id) => ({ id, length: 10 })),
      ]);
      const under = ['', 'north', 'north', 'north', 'north', 'north', 'south', undefined, 'south'];
      expect([...roll.walk((row) => under[row])].map((one) => ('id' in one ? one.id : one))).to.deep.equal([
        { rows: 3, school: 'north', outbound: { offset: 0, length: 30 } },
        '4',
        { rows: 1, school: 'north', outbound: { offset: 30, length: 10 } },
        { rows: 1, school: 'south', outbound: { offset: 40, length: 10 } },
        '7',
        { rows: 1, school: 'south', outbound: { offset: 60, length: 10 } },
      ]);
    });

    it('puts rows together that a rule leaves out, and those that are kept beside them', () => {
      const byRule = { kind: 'ineligible', reason: 'age' } as const;
      const byPerson = { kind: 'ineligible', reason: 'never_include' } as const;
      const roll = rollOf([
        { id: '1', length: 10 },
        { id: '2', verdict: byRule, except: 5 },
        { id: '3', length: 10 },
        { id: '4', verdict: byRule, except: 6 },
        { id: '5', verdict: byPerson, except: 7 },
        { id: '6', verdict: byRule, except: 8 },
        { id: '7', length: 10 },
      ]);
      expect([...roll.walk(() => '')].map((one) => ('id' in one ? one.id : one))).to.deep.equal([
        { rows: 2, school: '', outbound: { offset: 0, length: 20 } },
        { left: 2, exceptions: { offset: 0, length: 11 } },
        '5',
        { rows: 1, school: '', outbound: { offset: 20, length: 10 } },
        { left: 1, exceptions: { offset: 18, length: 8 } },
      ]);
    });

    it('never puts more together than is read at once', () => {
      const roll = rollOf(Array.from({ length: 300 }, (_, at) => ({ id: `${at}`, length: 1000 })));
      const kept = [...roll.walk(() => '')].map((one) => ('rows' in one ? one.rows : 0));
      expect(kept).to.deep.equal([66, 66, 66, 66, 36]);
    });

    it('keeps more entries than fit into a block', () => {
      const rows = Array.from({ length: 40_000 }, (_, index) => ({ id: `student-${index}` }));
      const found = [...rollOf(rows).entries()];
      expect(found.map((entry) => entry.id)).to.deep.equal(rows.map((row) => row.id));
    });
  });

  describe('settleDuplicates', () => {
    it('lets the first of equal rows stand', () => {
      const roll = rollOf([{ id: '1' }, { id: '2' }, { id: '1' }, { id: '1' }]);
      settleDuplicates(roll);
      expect(verdicts(roll)).to.deep.equal(['carried', 'carried', 'duplicate', 'duplicate']);
    });

    it('believes none of several rows that differ', () => {
      const roll = rollOf([
        { id: '1', content: 'a' },
        { id: '1', content: 'a' },
        { id: '1', content: 'b' },
        { id: '2' },
      ]);
      settleDuplicates(roll);
      expect(verdicts(roll)).to.deep.equal([
        'conflicting_duplicate',
        'conflicting_duplicate',
        'conflicting_duplicate',
        'carried',
      ]);
    });

    it('takes rows without a key for no duplicates of one another', () => {
      const roll = rollOf([
        { id: '', key: '', content: 'a' },
        { id: '', key: '', content: 'a' },
      ]);
      settleDuplicates(roll);
      expect(verdicts(roll)).to.deep.equal(['carried', 'carried']);
    });

    it('agrees with a plain grouping by id (property)', () => {
      const row = fc.record({ id: fc.constantFrom('1', '2', '3', '4'), content: fc.constantFrom('a', 'b') });
      fc.assert(
        fc.property(fc.array(row, { maxLength: 12 }), (rows) => {
          const roll = rollOf(rows);
          settleDuplicates(roll);
          const expected = rows.map(({ id, content }, at) => {
            const same = rows.filter((other) => other.id === id);
            if (same.some((other) => other.content !== content)) return 'conflicting_duplicate';
            return rows.findIndex((other) => other.id === id) === at ? 'carried' : 'duplicate';
          });
          expect(verdicts(roll)).to.deep.equal(expected);
        }),
      );
    });

    it('says the same whoever was there last night, in whatever order (property)', () => {
      const id = fc.constantFrom('1', '2', '3', '4', '');
      const row = fc.record({ id, content: fc.constantFrom('a', 'b') });
      const rows = fc.array(row, { maxLength: 12 });
      fc.assert(
        fc.property(rows, fc.uniqueArray(fc.constantFrom('1', '2', '3', '5')), (some, before) => {
          const alone = rollOf(some);
          settleDuplicates(alone);
          const beside = rollOf(some, lastOf(before));
          settleDuplicates(beside);
          expect(verdicts(beside)).to.deep.equal(verdicts(alone));
          const met = some.map((one) => before.indexOf(one.id as '1') + 1);
          expect([...beside.records().subarray(1)].slice(0, some.length)).to.deep.equal(met);
        }),
      );
    });

    it('tells the rows of many students of last night apart', () => {
      const rows = Array.from({ length: 3000 }, (_, at) => ({ id: String(at % 1400) }));
      const expected = rows.map((_, at) => (at < 1400 ? 'carried' : 'duplicate'));
      // In the order of last night, and in the opposite one.
      for (const placeOf of [(id: number) => id, (id: number) => 999 - id]) {
        const last = lastOf(Array.from({ length: 1000 }, (_, at) => String(placeOf(at))));
        const roll = rollOf(rows, last);
        settleDuplicates(roll);
        expect(verdicts(roll)).to.deep.equal(expected);
        const met = rows.map(({ id }) => (Number(id) < 1000 ? placeOf(Number(id)) + 1 : 0));
        expect([...roll.records().subarray(1)]).to.deep.equal(met);
      }
    });

    it('works in parts when there are more keys than are held at once', () => {
      const count = 600_000;
      const rows = Array.from({ length: count }, (_, index) => ({ id: String(index % 300_000) }));
      const roll = rollOf(rows);
      settleDuplicates(roll);
      const { totals } = countBooks(roll, count);
      expect([totals.carried, totals.duplicate]).to.deep.equal([300_000, 300_000]);
    }).timeout(60_000);
  });

  it('finds the repeats of more students than are held at once, whom nobody had last night', () => {
    const [known, strangers, again] = [10, 1_000_010, 50];
    const ids = Array.from({ length: known + strangers }, (_, at) => String(at));
    const rows = [...ids, ...ids.slice(0, again)].map((id) => ({ id }));
    const roll = rollOf(rows, lastOf(ids.slice(0, known)));
    settleDuplicates(roll);
    const { totals } = countBooks(roll, rows.length);
    expect([totals.carried, totals.duplicate]).to.deep.equal([ids.length, again]);
  }).timeout(60_000);

  describe('settleStudents', () => {
    it('leaves out rows of students who are not carried and rejects orphans', () => {
      const students = rollOf([
        { id: '1' },
        { id: '2', verdict: { kind: 'ineligible', reason: 'age' } },
        { id: '3', verdict: { kind: 'rejected', code: 'blank_status' } },
      ]);
      const contacts = rollOf(
        ['1', '2', '3', '4', '1'].map((id, at) => ({ id, key: `c${at}`, content: `c${at}` })),
      );
      settleDuplicates(contacts);
      settleStudents(contacts, [students]);
      expect(verdicts(contacts)).to.deep.equal([
        'carried',
        'student_not_carried',
        'student_not_carried',
        'orphan',
        'carried',
      ]);
    });

    it('looks at what settling made of the student', () => {
      const students = rollOf([
        { id: '1', content: 'a' },
        { id: '1', content: 'b' },
        { id: '2' },
        { id: '2' },
      ]);
      settleDuplicates(students);
      const contacts = rollOf([
        { id: '1', key: 'x' },
        { id: '2', key: 'y' },
      ]);
      settleStudents(contacts, [students]);
      expect(verdicts(contacts)).to.deep.equal(['student_not_carried', 'carried']);
    });

    it('finds a student in any of several files', () => {
      const contacts = rollOf([
        { id: '1', key: 'x' },
        { id: '2', key: 'y' },
      ]);
      settleStudents(contacts, [rollOf([{ id: '1' }]), rollOf([{ id: '2' }])]);
      expect(verdicts(contacts)).to.deep.equal(['carried', 'carried']);
    });

    it('keeps the first verdict of a row that was rejected for itself', () => {
      const contacts = rollOf([{ id: '9', key: 'x', verdict: { kind: 'rejected', code: 'required' } }]);
      settleStudents(contacts, [rollOf([{ id: '1' }])]);
      expect(verdicts(contacts)).to.deep.equal(['required']);
    });
  });

  describe('settleUnique', () => {
    it('rejects carried rows that share a value, and leaves blanks and taken-back rows aside', () => {
      const roll = rollOf([{ id: '1' }, { id: '2' }, { id: '3' }, { id: '4' }, { id: '4' }, { id: '5' }]);
      settleDuplicates(roll);
      settleUnique(roll, rollOf(['a', 'a', '', 'b', 'b', ''].map((value) => ({ id: '', key: value }))));
      expect(verdicts(roll)).to.deep.equal([
        'not_unique',
        'not_unique',
        'carried',
        'carried',
        'duplicate',
        'carried',
      ]);
    });
  });

  describe('rows that wait', () => {
    const HELD: RowVerdict = { kind: 'held' };

    it('keeps those that wait at first sight, and makes others wait', () => {
      const roll = rollOf([{ id: '1' }, { id: '2', verdict: HELD }, { id: '3' }]);
      holdRows(roll, [3]);
      expect(verdicts(roll)).to.deep.equal(['carried', 'held', 'held']);
      expect(countBooks(roll, 3).totals).to.include({ read: 3, carried: 1, held: 2 });
    });

    it('believes none of rows that differ, whether they wait or not', () => {
      const roll = rollOf([
        { id: '1', content: 'aaaaaaaa', verdict: HELD },
        { id: '1', content: 'bbbbbbbb' },
      ]);
      settleDuplicates(roll);
      expect(verdicts(roll)).to.deep.equal(['conflicting_duplicate', 'conflicting_duplicate']);
    });

    it('leaves out the rows of their students', () => {
      const students = rollOf([{ id: '1', verdict: HELD }, { id: '2' }]);
      const contacts = rollOf([
        { id: '1', key: 'a' },
        { id: '2', key: 'b' },
      ]);
      settleStudents(contacts, [students]);
      expect(verdicts(contacts)).to.deep.equal(['student_not_carried', 'carried']);
    });

    it('writes of their last records that they are held', () => {
      const table = openLastTable('by_student');
      for (const student of ['1', '2', '3'])
        table.add({ student, mapped: '00'.repeat(8), school: '', isGone: false });
      matchLast(rollOf([{ id: '1', verdict: HELD }, { id: '2' }]), table);
      expect([...table.fates()]).to.deep.equal([FATES.held, FATES.carried, FATES.absent]);
    });
  });

  describe('matchLast', () => {
    const rows = [
      { id: '2', mapped: MAPPED },
      { id: '1', mapped: 'otherwise' },
      { id: '1', mapped: 'otherwise' },
      { id: '9', mapped: MAPPED },
      { id: '3', key: '', mapped: MAPPED },
    ];
    const { new: isNew, known, same } = ACQUAINTANCE;

    it('says the same of rows that were held against the last delivery when they were entered, and of others', () => {
      for (const isMet of [true, false]) {
        const table = lastOf(['1', '2', '3'], (id) => `school ${id}`);
        const roll = rollOf(rows, isMet ? table : undefined);
        settleDuplicates(roll);
        const { answers, records, sameBySchool } = matchLast(roll, table);
        expect([...answers.subarray(1)]).to.deep.equal([same, known, isNew, isNew, same]);
        expect([1, 2, 4, 5].map((row) => records[row])).to.deep.equal([2, 1, 0, 3]);
        expect([...sameBySchool]).to.deep.equal([
          ['school 2', 1],
          ['school 3', 1],
        ]);
      }
    });
  });

  describe('countBooks', () => {
    it('counts each row once, and rows read apart from rows entered', () => {
      const roll = rollOf([
        { id: '1' },
        { id: '1' },
        { id: '2', verdict: { kind: 'ineligible', reason: 'school' } },
        { id: '3', verdict: { kind: 'rejected', code: 'required' } },
      ]);
      settleDuplicates(roll);
      const { totals, ineligible, rejected } = countBooks(roll, 5);
      expect(totals).to.include({ read: 5, carried: 1, duplicate: 1, ineligible: 1, rejected: 1 });
      expect(ineligible.school).to.equal(1);
      expect(rejected).to.deep.equal({ required: 1 });
    });
  });
});
