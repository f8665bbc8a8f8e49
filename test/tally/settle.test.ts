import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { countBooks } from '../../src/tally/count-books.ts';
import { FATES, openLastTable } from '../../src/tally/last-table.ts';
import { matchLast } from '../../src/tally/match-last.ts';
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
  key?: string;
  verdict?: RowVerdict;
}

function rollOf(rows: readonly Row[]): Roll {
  const roll = openRoll(join(folder, `roll-${made++}`));
  rolls.push(roll);
  for (const [index, { id, content = id, key = id, verdict = CARRIED }] of rows.entries()) {
    roll.enter({ ...BLANK, row: index + 1, line: index + 2, id, verdict }, { key, content, mapped: '' });
  }
  return roll;
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

    it('works in parts when there are more keys than are held at once', () => {
      const count = 600_000;
      const rows = Array.from({ length: count }, (_, index) => ({ id: String(index % 300_000) }));
      const roll = rollOf(rows);
      settleDuplicates(roll);
      const { totals } = countBooks(roll, count);
      expect([totals.carried, totals.duplicate]).to.deep.equal([300_000, 300_000]);
    }).timeout(60_000);
  });

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
