import { expect } from 'chai';
import { type Cells, CONTACT_COLUMNS, csvOf, STUDENT_COLUMNS } from './extract.ts';
import { scriptedYear } from './scripted-year.ts';
import { type Expected, expectNight, type ModelMemory, NOTHING_KNOWN } from './year-model.ts';
import type { YearSettings } from './year-settings.ts';

const DEFAULTS: YearSettings = {
  deliver: 'full',
  removed: 'report',
  rejected: 'carry_forward',
  reactivate: 'hold',
};

interface Row {
  id?: string;
  school?: string;
  last?: string;
  dob?: string;
  gender?: string;
  grade?: string;
  status?: string;
  phone?: string;
  locker?: string;
}

function row(what: Row = {}): string[] {
  const { id = '4001', school = '101', last = 'Lee', dob = '5/1/2015', gender = 'F', grade = '5' } = what;
  const { status = 'A', phone = '555', locker = 'L1' } = what;
  return [school, id, last, 'Ann', dob, gender, grade, status, phone, locker, 'Room 1'];
}

function contact(
  id: string,
  contactId: string,
  what: { name?: string; phone?: string; email?: string } = {},
): string[] {
  const { name = `Mum ${contactId}`, phone = `p${contactId}`, email = `e${contactId}` } = what;
  return [id, contactId, name, 'M', phone, email, '1'];
}

/** So many others that nothing that happens to one of them is a breach. */
const OTHERS = Array.from({ length: 40 }, (_, at) => row({ id: String(5000 + at), last: `Other${at}` }));

function drop(students: readonly Cells[], contacts: readonly Cells[] = [], date = '2026-11-22') {
  const all = [...students, ...OTHERS];
  const more = [...contacts, ...OTHERS.map(([, id = '']) => contact(id, `C${id}`))];
  const files = { 'students.csv': csvOf(STUDENT_COLUMNS, all), 'contacts.csv': csvOf(CONTACT_COLUMNS, more) };
  return { date, students: all, contacts: more, files };
}

function walk(
  drops: readonly ReturnType<typeof drop>[],
  settings: Partial<YearSettings> = {},
  approved: string[] = [],
): Expected {
  let memory: ModelMemory = NOTHING_KNOWN;
  let last: Expected | undefined;
  for (const one of drops) {
    last = expectNight(memory, one, { ...DEFAULTS, ...settings }, new Set(approved));
    expect(last.reasons).to.deep.equal([]);
    memory = last.memory;
  }
  if (!last) throw new Error('no drop');
  return last;
}

const changeOf = (before: Row, after: Row, settings: Partial<YearSettings> = {}) =>
  walk([drop([row(before)]), drop([row(after)])], settings).students.changes.get('4001');
const valuesOf = (expected: Expected) => expected.students.next.get('4001')?.values;

describe('the model of the contract', () => {
  it('calls everybody created on the first night, and unchanged on the second', () => {
    const twice = walk([drop([row()]), drop([row()])]);
    expect(twice.books.students.totals).to.include({ read: 41, carried: 41, unchanged: 41, delivered: 41 });
    expect(walk([drop([row()])]).books.students.totals).to.include({ created: 41, delivered: 41 });
  });

  const words: [string, Row, Row, string][] = [
    ['another phone', {}, { phone: '556' }, 'updated'],
    ['another school', {}, { school: '102' }, 'transferred'],
    ['a higher grade', { grade: '5' }, { grade: '6' }, 'promoted'],
    ['a lower grade', { grade: '5' }, { grade: '4' }, 'updated'],
    ['a school and a grade', { grade: '5' }, { grade: '6', school: '201' }, 'transferred'],
    ['no longer active, and another school', {}, { status: 'W', school: '201' }, 'deactivated'],
    ['a blank school', {}, { school: '' }, 'unchanged'],
    ['a blank grade', {}, { grade: '' }, 'unchanged'],
    ['a blank that never erases', {}, { phone: '' }, 'unchanged'],
    ['a blank that clears', {}, { locker: '' }, 'updated'],
    ['inactive both times', { status: 'W' }, { status: 'I' }, 'updated'],
  ];
  for (const [what, before, after, change] of words)
    it(`${what}: ${change}`, () => expect(changeOf(before, after)).to.equal(change));

  it('carries the last value forward over a blank, and clears where the mapping says so', () => {
    expect(
      valuesOf(walk([drop([row()]), drop([row({ phone: '', locker: '' })])]))?.slice(8, 10),
    ).to.deep.equal(['555', '']);
  });

  it('counts who is gone or too old once, and sends a last row where that is asked for', () => {
    const gone = walk([drop([row()]), drop([]), drop([])]);
    expect(gone.books.students.totals).to.include({ removed: 0, delivered: 40 });
    const absent = walk([drop([row()]), drop([])], { removed: 'deactivate' });
    expect(absent.books.students.removed).to.deep.equal({ absent: 1, ineligible: 0 });
    expect(absent.books.students.totals).to.include({ removed: 1, carried: 40, delivered: 41 });
    const old = walk([drop([row({ dob: '5/1/2001' })]), drop([row({ dob: '5/1/2001', status: 'W' })])]);
    expect(old.students.removed.get('4001')).to.equal('ineligible');
  });

  it('lets a student who is active again wait, go out, or stay inactive', () => {
    const back = [drop([row()]), drop([row({ status: 'W' })]), drop([row()])];
    const held = walk(back);
    expect(held.waiting).to.deep.equal(['4001']);
    expect(held.books.students.totals).to.include({
      held: 1,
      carried_forward: 1,
      carried: 40,
      delivered: 41,
    });
    expect(walk(back, { reactivate: 'send' }).students.changes.get('4001')).to.equal('reactivated');
    expect(walk(back, {}, ['4001']).students.changes.get('4001')).to.equal('reactivated');
    const kept = walk(back, { reactivate: 'keep_inactive' });
    expect([kept.students.changes.get('4001'), valuesOf(kept)?.[7]]).to.deep.equal([
      'unchanged',
      'Withdrawn',
    ]);
    const removed = walk([drop([row()]), drop([]), drop([row()])], { removed: 'deactivate' });
    expect(removed.books.students.totals).to.include({ held: 1, carried_forward: 0, delivered: 40 });
    expect(changeOf({}, {})).to.equal('unchanged');
  });

  it('never removes a student because of a broken row', () => {
    for (const broken of [
      row().slice(0, 9),
      ['', ...row()],
      row({ dob: '2/30/2015' }),
      row({ gender: 'Q' }),
    ]) {
      const forward = walk([drop([row()]), drop([broken])]);
      expect(forward.books.students.totals).to.include({
        rejected: 1,
        removed: 0,
        carried_forward: 1,
        delivered: 41,
      });
      const left = walk([drop([row()]), drop([broken])], { rejected: 'leave_out' });
      expect(left.books.students.totals).to.include({
        rejected: 1,
        removed: 0,
        carried_forward: 0,
        delivered: 40,
      });
    }
  });

  it('names what a row is rejected for', () => {
    const broken = [
      row({ id: '1' }).slice(1),
      row({ id: '' }),
      row({ id: '2', status: 'Z' }),
      row({ id: '3', status: '' }),
      row({ id: '4', status: 'W', dob: '' }),
      row({ id: '5', dob: '' }),
      row({ id: '6', dob: '13/1/2015' }),
      row({ id: '7', last: ' ' }),
      row({ id: '8', gender: '?' }),
    ];
    const contacts = [contact('7', 'C7'), contact('99', 'C99'), contact('5000', 'CX', { name: '' })];
    const { books } = expectNight(NOTHING_KNOWN, drop(broken, contacts), DEFAULTS);
    expect([...books.students.rejected]).to.have.deep.members([
      ...['field_count', 'blank_id', 'unknown_status', 'blank_status', 'bad_birth_date'].map((code) => [
        code,
        1,
      ]),
      ...[
        ['required', 2],
        ['bad_date', 1],
        ['unknown_code', 1],
      ],
    ]);
    expect([...books.contacts.rejected]).to.have.deep.members([
      ['orphan', 1],
      ['required', 1],
    ]);
    expect([...books.contacts.ineligible]).to.deep.equal([['student_not_carried', 1]]);
  });

  it('believes the same row once, and neither of two that differ', () => {
    const twice = walk([drop([row(), row()])]);
    expect(twice.books.students.totals).to.include({ read: 42, duplicate: 1, carried: 41 });
    const differ = walk([drop([row()]), drop([row(), row({ phone: '1' })])]);
    expect(differ.books.students.totals).to.include({ rejected: 2, carried_forward: 1, carried: 40 });
  });

  it('tells contacts by their ids, and keeps those of students who wait or are broken', () => {
    const before = drop([row()], [contact('4001', 'C1'), contact('4001', 'C2')]);
    const changed = walk([
      before,
      drop([row()], [contact('4001', 'C1', { phone: '', email: '' }), contact('4001', 'C3')]),
    ]);
    expect(changed.books.contacts.totals).to.include({
      updated: 1,
      created: 1,
      removed: 1,
      unchanged: 40,
      delivered: 42,
    });
    expect(changed.memory.contacts.get('4001')?.[0]?.slice(4, 6)).to.deep.equal(['pC1', '']);
    const broken = walk([
      before,
      drop([row()], [contact('4001', 'C1'), contact('4001', 'C2', { name: '' })]),
    ]);
    expect(broken.books.contacts.totals).to.include({
      rejected: 1,
      unchanged: 41,
      carried_forward: 1,
      removed: 0,
    });
    const student = walk([before, drop([row({ gender: '?' })], [contact('4001', 'C1')])]);
    expect(student.books.contacts.totals).to.include({
      ineligible: 1,
      carried_forward: 2,
      removed: 0,
      delivered: 42,
    });
    const gone = walk([before, drop([], [contact('4001', 'C1')])]);
    expect(gone.books.contacts.totals).to.include({ rejected: 1, removed: 2, delivered: 40 });
  });
});

describe('the scripted year', () => {
  const year = { seed: 7, students: 300, nights: 40 };

  it('is the same for the same seed, in order of its dates, with the accidents in it', () => {
    const nights = [...scriptedYear(year)];
    expect([...scriptedYear(year)].map(({ files }) => files)).to.deep.equal(nights.map(({ files }) => files));
    const dates = nights.map(({ date }) => date);
    expect(dates).to.deep.equal([...new Set(dates)].toSorted());
    expect([dates.at(0), dates.some((date) => date > '2027-07-01')]).to.deep.equal(['2026-08-17', true]);
  });

  it('is understood by the model: the books balance, accidents are named, and what happened is found', () => {
    let memory: ModelMemory = NOTHING_KNOWN;
    const names: (string | undefined)[] = [];
    let wasDelivered = true;
    for (const night of scriptedYear(year)) {
      const expected = expectNight(memory, night, { ...DEFAULTS, reactivate: 'send' });
      balance(expected);
      if (night.accident) names.push(expected.reasons.at(-1) ?? expected.outcome);
      expect(expected.outcome === 'delivered').to.equal(night.accident === undefined);
      if (wasDelivered && night.accident === undefined && night.number > 0)
        compareWithTruth(night, expected, memory);
      wasDelivered = expected.outcome === 'delivered';
      memory = expected.memory;
    }
    expect(names).to.deep.equal([
      'max_removed contacts',
      'other_people',
      'other_ids',
      'school_gone 104',
      'ids_reassigned',
      'failed',
      'max_size_change contacts',
    ]);
  });
});

function balance({ books }: Expected): void {
  for (const { totals, rows } of Object.values(books)) {
    const { rejected, duplicate, ineligible, held, carried } = totals;
    expect(totals.read).to.equal(rejected + duplicate + ineligible + held + carried);
    const { created, updated, unchanged, transferred, promoted, deactivated, reactivated } = totals;
    expect(carried).to.equal(
      created + updated + unchanged + transferred + promoted + deactivated + reactivated,
    );
    expect(totals.delivered).to.equal(rows.length);
    expect(totals.delivered).to.equal(carried + totals.carried_forward);
  }
}

/** What happened to students whose rows are sound tonight and were delivered last night. */
function compareWithTruth(
  night: ReturnType<typeof scriptedYear> extends Generator<infer N> ? N : never,
  expected: Expected,
  before: ModelMemory,
): void {
  for (const { id, what } of night.truth) {
    if (night.flaws.students.has(id) || night.truth.filter((one) => one.id === id).length > 1) continue;
    const change = expected.students.changes.get(id);
    const known = before.students.get(id);
    if (what === 'arrived') expect(change).to.equal('created');
    if (what === 'left_absent' && known) expect(expected.students.removed.get(id)).to.equal('absent');
    if (what === 'left_too_old' && known) expect(expected.students.removed.get(id)).to.equal('ineligible');
    if (what === 'left_inactive' && known?.active && expected.students.carriedAt.has(id))
      expect(change).to.equal('deactivated');
    if (what === 'returned') expect(change).to.be.oneOf(['created', 'reactivated', 'updated', 'unchanged']);
  }
}
