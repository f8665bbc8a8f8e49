import { expect } from 'chai';
import { STUDENTS, startWalk, type Walk, type WalkOptions } from './match-walk.ts';

const ANA = '1,T100,Ortiz,Ana,3/4/2015,555-0100';
const LIZ = '2,,Smith,Liz,5/6/2014,555-0200';
const NEW = '3,T300,Nguyen,Bao,7/8/2013,555-0300';
const SIS_ANA = 'S-1,T100,Ortiz,Ana,20150304,555-0100';
const SIS_ELIZABETH = 'S-2,T200,Smith,Elizabeth,20140506,';

describe('reconcile.match', () => {
  let walk: Walk;
  const start = async (options?: WalkOptions) => {
    walk = await startWalk(options);
  };
  afterEach(() => walk.project.remove());

  it('tells a student whom the SIS has by the id, and fills the id of the SIS; a new one has none', async () => {
    await start();
    const report = await walk.night({ students: [ANA, NEW], sis: [SIS_ANA, SIS_ELIZABETH] });
    expect(report.run.outcome).to.equal('delivered');
    expect(await walk.sent()).to.deep.equal([
      '1,S-1,Ortiz,Ana,2015-03-04,555-0100',
      '3,,Nguyen,Bao,2013-07-08,555-0300',
    ]);
    expect(report.totals.students).to.include({ read: 2, carried: 2, held: 0 });
    expect(report.notices?.map(({ message }) => message)).to.deep.equal([
      'Matched with sis: 1 by their id, 0 by a decision, 1 new',
    ]);
    expect(Object.keys(report.totals)).to.deep.equal(['students']);
    expect(report.outputs.map(({ name }) => name)).to.deep.equal(['students']);
    expect(report.inputs.map(({ name, rows, encoding }) => [name, rows, encoding])).to.deep.equal([
      ['students', 2, 'utf-8'],
      ['sis', 2, 'utf-8'],
    ]);
  });

  it('holds a likely match with its contacts, and sends it the night after the decision, for good', async () => {
    await start();
    const files = { students: [ANA, LIZ], sis: [SIS_ANA, SIS_ELIZABETH], contacts: ['1,Mum', '2,Dad'] };
    let report = await walk.night(files);
    expect(report.run.outcome).to.equal('delivered');
    expect(report.totals.students).to.include({ read: 2, carried: 1, held: 1, delivered: 1 });
    expect(report.totals.contacts).to.include({ carried: 1, ineligible: 1 });
    expect(report.ineligible.contacts).to.include({ student_not_carried: 1 });
    expect(report.waiting).to.deep.equal({ students: { match: 1 } });
    expect((await walk.exceptions())[0]).to.equal(
      'students.csv,2,3,2,,held,A student of the other side is like this one; a person decides whether they are the same.,',
    );
    expect(await walk.sheet('kind', 'student_id', 'candidates', 'first_name')).to.deep.equal([
      [
        'match',
        '2',
        'S-2: 96, last name the same, first name a nickname: Liz for Elizabeth, same birth date',
        'Liz',
      ],
    ]);
    expect(await walk.decide({ 2: { decision: 'match:S-2' } })).to.include({
      isDraftedAgain: false,
      openCount: 0,
    });
    report = await walk.night(files);
    expect(report.totals.students).to.include({ carried: 2, held: 0, created: 1 });
    expect(report.totals.contacts).to.include({ carried: 2, created: 1 });
    expect((await walk.sent())[1]).to.equal('2,S-2,Smith,Liz,2014-05-06,555-0200');
    expect(report.notices?.map(({ message }) => message)).to.deep.equal([
      'Matched with sis: 1 by their id, 1 by a decision, 0 new',
    ]);
    report = await walk.night(files);
    expect(report.totals.students).to.include({ unchanged: 2, held: 0 });
  });

  it('sends what was last delivered of a student who waits, and removes nobody', async () => {
    await start();
    await walk.night({ students: [ANA, LIZ], sis: [SIS_ANA], contacts: ['2,Dad'] });
    const report = await walk.night({
      students: [ANA, LIZ],
      sis: [SIS_ANA, SIS_ELIZABETH],
      contacts: ['2,Dad'],
    });
    expect(report.totals.students).to.include({ held: 1, carried_forward: 1, removed: 0, delivered: 2 });
    expect(report.totals.contacts).to.include({ carried_forward: 1, removed: 0 });
    expect(await walk.sent()).to.include('2,,Smith,Liz,2014-05-06,555-0200');
  });

  it('keeps the last record of a student who waits under a new id', async () => {
    await start();
    await walk.night({ students: [ANA, LIZ], sis: [SIS_ANA] });
    const moved = LIZ.replace('2,', '22,');
    const report = await walk.night({
      students: [ANA, moved],
      sis: [SIS_ANA, SIS_ELIZABETH],
      previousIds: ['', '2'],
    });
    expect(report.totals.students).to.include({ held: 1, carried_forward: 1, removed: 0 });
  });

  it('holds the run where that is asked, drafts it again with the decision, and approve sends it', async () => {
    await start({ match: 'suggest: [last_name, first_name, birth_date], unresolved: hold_run' });
    let report = await walk.night({ students: [ANA, LIZ], sis: [SIS_ANA, SIS_ELIZABETH] });
    expect(report.run.outcome).to.equal('held');
    expect(report.held?.reasons).to.deep.equal([
      '1 record waits for a person to say who they are at the other side (reconcile.match.unresolved is hold_run).',
    ]);
    const answer = await walk.decide({ 2: { decision: 'new' } });
    expect(answer.isDraftedAgain).to.equal(true);
    expect(answer.report.held?.reasons.join()).to.not.include('hold_run');
    expect(await walk.sent()).to.include('2,,Smith,Liz,2014-05-06,555-0200');
    report = await walk.approve();
    expect(report.run.outcome).to.equal('delivered');
    expect(report.totals.students).to.include({ carried: 2, held: 0 });
    expect(report.decisions.map(({ decision }) => decision)).to.deep.equal(['new', 'approve']);
  });

  it('asks again where somebody turns up who was not shown, and not where nobody did', async () => {
    await start();
    const students = [LIZ];
    await walk.night({ students, sis: [SIS_ELIZABETH] });
    await walk.decide({ 2: { decision: 'new' } });
    expect((await walk.night({ students, sis: [SIS_ELIZABETH] })).totals.students).to.include({
      held: 0,
      carried: 1,
    });
    const report = await walk.night({ students, sis: [SIS_ELIZABETH, 'S-3,T9,Smith,Liz,20140506,'] });
    expect(report.totals.students).to.include({ held: 1, carried_forward: 1 });
    expect((await walk.sheet('candidates'))[0]?.[0]).to.match(/^S-3: 100/);
  });

  it('asks again where the student of a decision is gone', async () => {
    await start();
    await walk.night({ students: [LIZ], sis: [SIS_ELIZABETH] });
    await walk.decide({ 2: { decision: 'match:S-2' } });
    await walk.night({ students: [LIZ], sis: [SIS_ELIZABETH] });
    const report = await walk.night({ students: [LIZ], sis: [SIS_ANA] });
    expect(report.totals.students).to.include({ held: 1, carried_forward: 1 });
    expect(await walk.sheet('why')).to.deep.equal([
      ['The student to whom this record was matched is no longer at the other side.'],
    ]);
    await walk.decide({ 2: { decision: 'leave_out' } });
    const after = await walk.night({ students: [LIZ], sis: [SIS_ANA] });
    expect(after.ineligible.students).to.include({ never_include: 1 });
  });

  it('remembers who a student is while it is approved or left out', async () => {
    await start();
    const files = { students: [LIZ], sis: [SIS_ELIZABETH] };
    await walk.night(files);
    await walk.decide({ 2: { decision: 'match:S-2' } });
    await walk.night(files);
    await walk.night({ ...files, status: 'I' });
    const held = await walk.night(files);
    expect(held.waiting).to.deep.equal({ students: { reactivated: 1 } });
    await walk.decide({ 2: { decision: 'approve' } });
    expect((await walk.night(files)).totals.students).to.include({ reactivated: 1, held: 0 });
    expect(await walk.sent()).to.deep.equal(['2,S-2,Smith,Liz,2014-05-06,555-0200']);
    expect((await walk.night(files)).totals.students).to.include({ unchanged: 1, held: 0 });
  });

  it('lets the last word count of who a student is and whether the record is sent', async () => {
    await start();
    const files = { students: [LIZ], sis: [SIS_ELIZABETH] };
    await walk.night(files);
    await walk.decide({ 2: { decision: 'leave_out' } });
    await walk.decide({ 2: { decision: 'match:S-2' } });
    expect((await walk.night(files)).totals.students).to.include({ carried: 1 });
    expect(await walk.sent()).to.deep.equal(['2,S-2,Smith,Liz,2014-05-06,555-0200']);
  });

  it('sends what was decided although the drop is the same again and such drops are skipped', async () => {
    await start({ reconcile: 'on_identical: skip, ' });
    const files = { students: [LIZ], sis: [SIS_ELIZABETH] };
    await walk.night(files);
    await walk.decide({ 2: { decision: 'match:S-2' } });
    expect((await walk.night(files)).totals.students).to.include({ carried: 1, created: 1 });
    // The clock of the project ticks once a run: the decision is no older than the run after it.
    await walk.night(files);
    expect((await walk.night(files)).notices?.map(({ code }) => code)).to.deep.equal(['identical_drop']);
  });

  it('keeps twins apart, and finds swapped names', async () => {
    await start();
    const twin = '5,,Ortiz,Eva,3/4/2015,';
    const swapped = '6,,Liz,Smith,5/6/2014,';
    const report = await walk.night({
      students: [twin, swapped],
      sis: [SIS_ANA, 'S-2,T200,Smith,Liz,20140506,'],
    });
    expect(report.totals.students).to.include({ carried: 1, held: 1 });
    expect(await walk.sheet('student_id', 'candidates')).to.deep.equal([
      ['6', 'S-2: 95, first and last name swapped, same birth date'],
    ]);
  });

  it('lets two records that would become one student both wait', async () => {
    await start();
    const other = '9,T100,Ortiz,Anna,3/4/2015,';
    let report = await walk.night({ students: [ANA, ANA, other, NEW], sis: [SIS_ANA] });
    expect(report.totals.students).to.include({ read: 4, duplicate: 1, held: 2, carried: 1 });
    expect(await walk.sheet('student_id', 'why', 'candidates', 'phone')).to.deep.equal(
      [
        ['1', '555-0100'],
        // What the SIS has of the student whom it would update: a blank erases nothing.
        ['9', '555-0100'],
      ].map(([id = '', phone = '']) => [
        id,
        'Two records of this drop would update the same student of the other side; a person decides which.',
        'S-1: 100, same id',
        phone,
      ]),
    );
    expect((await walk.exceptions()).map((line) => line.split(',').slice(1, 6).join(' '))).to.deep.equal([
      '1 2 1  held',
      '2 3 1  duplicate',
      '3 4 9  held',
    ]);
    await walk.decide({ 9: { decision: 'leave_out' } });
    report = await walk.night({ students: [ANA, other, NEW], sis: [SIS_ANA] });
    expect(report.totals.students).to.include({ held: 0, carried: 2, ineligible: 1 });
  });

  it('rejects a likely match that stands twice with different content, and asks nothing', async () => {
    await start();
    const report = await walk.night({ students: [LIZ, LIZ.replace('0200', '0201')], sis: [SIS_ELIZABETH] });
    expect(report.rejected.students).to.deep.equal({ conflicting_duplicate: 2 });
    expect(report.waiting).to.equal(undefined);
  });

  it('lets the value of the record win, or that of the SIS, or a person', async () => {
    const sis = ['S-1,T100,Ortiz,Ana,20150304,555-0199'];
    await start({ phone: 'keep_existing' });
    await walk.night({ students: [ANA], sis });
    expect(await walk.sent()).to.deep.equal(['1,S-1,Ortiz,Ana,2015-03-04,555-0199']);
    await walk.project.remove();
    await start({ phone: 'new' });
    await walk.night({ students: [ANA], sis });
    expect(await walk.sent()).to.deep.equal(['1,S-1,Ortiz,Ana,2015-03-04,555-0100']);
    await walk.project.remove();
    await start({ phone: 'review' });
    const report = await walk.night({ students: [ANA, NEW], sis });
    expect(report.totals.students).to.include({ held: 1, carried: 1 });
    expect(report.waiting).to.deep.equal({ students: { difference: 1 } });
    expect(await walk.sheet('kind', 'field', 'existing', 'new', 'sis_id')).to.deep.equal([
      ['difference', 'phone', '555-0199', '555-0100', 'S-1'],
    ]);
    expect((await walk.exceptions())[0]).to.include(',1,phone,held,');
  });

  for (const [what, edits, phone] of [
    ['the new value', { decision: 'new' }, '555-0100'],
    ['the existing value', { decision: 'keep_existing' }, '555-0199'],
    ['a third value', { phone: '555-0111' }, '555-0111'],
  ] as const)
    it(`remembers that a person chose ${what}, until the record says something else`, async () => {
      await start({ phone: 'review' });
      const sis = ['S-1,T100,Ortiz,Ana,20150304,555-0199'];
      await walk.night({ students: [ANA], sis });
      await walk.decide({ 1: edits });
      for (const change of ['created', 'unchanged']) {
        const report = await walk.night({ students: [ANA], sis });
        expect(report.totals.students).to.include({ held: 0, carried: 1, [change]: 1 });
        expect(await walk.sent()).to.deep.equal([`1,S-1,Ortiz,Ana,2015-03-04,${phone}`]);
      }
      const other = await walk.night({ students: [ANA.replace('0100', '0177')], sis });
      expect(other.totals.students).to.include({ held: 1, carried_forward: 1 });
    });

  it('says in the report that the id is that of somebody else by name and birth date', async () => {
    await start();
    const report = await walk.night({ students: ['1,T100,Diaz,Rosa,1/1/2012,'], sis: [SIS_ANA] });
    expect(report.totals.students).to.include({ carried: 1 });
    expect(report.notices?.map(({ message }) => message)).to.include(
      '1 record: The id is that of a student with another name and birth date.',
    );
  });

  it('holds a run whose SIS has nobody, and says which rows of it are broken', async () => {
    await start();
    const empty = await walk.night({ students: [ANA], sis: [] });
    expect(empty.held?.reasons.join()).to.include('sis has no student to match with');
    await walk.approve();
    const broken = await walk.night({ students: [ANA], sis: [SIS_ANA, ',T5,No,Id,20150304,', SIS_ANA] });
    expect(broken.inputs[1]?.notices?.map(({ code }) => code)).to.include.members([
      'reference_unreadable',
      'reference_repeated',
    ]);
  });

  it('names a column that a file has in no way, with the file and its header', async () => {
    await start({ match: 'suggest: [last_name, shoe_size]' });
    const report = await walk.night({ students: [ANA], sis: [SIS_ANA] });
    expect(report.run.outcome).to.equal('failed');
    expect(report.error).to.include({
      code: 'missing_column',
      message:
        'sis.csv has no column for shoe_size, which reconcile.match.suggest needs. It has: SIS_ID, State_ID, Surname, GivenName, Birth, Home_Phone',
    });
    expect(Object.keys(report.totals)).to.deep.equal(['students']);
  });

  it('rejects a likely match whose row cannot be mapped whoever it is', async () => {
    const students = STUDENTS.replace('column: Phone', 'column: Phone, max_length: 4');
    await start({ students: students.replace('column: SIS_ID', 'column: SIS_ID, required: true') });
    const report = await walk.night({ students: [LIZ, '4,,Smith,Liz,5/6/2014,'], sis: [SIS_ELIZABETH] });
    expect(report.rejected.students).to.deep.equal({ too_long: 1 });
    expect(report.totals.students).to.include({ held: 1 });
  });
});
