import { join } from 'node:path';
import { expect } from 'chai';
import { openLedger } from '../../src/ledger/open-ledger.ts';
import type { Report } from '../../src/report/schema.ts';
import { makeProject, type Project } from '../builders/project.ts';
import { CONTACT_COLUMNS, csvOf, STUDENT_COLUMNS } from './extract.ts';
import { boundless } from './random-drops.ts';
import { readOutbound } from './read-outbound.ts';
import { YEAR_MAPPINGS, type YearSettings } from './year-settings.ts';

/** Each is a night on which a program that is right everywhere else went wrong once: small enough to be read. */
const SETTINGS: YearSettings = {
  deliver: 'full',
  removed: 'report',
  rejected: 'carry_forward',
  reactivate: 'hold',
};
const ANN = (status = 'A') => [
  '101',
  '4001',
  'Lee',
  'Ann',
  '5/1/2015',
  'F',
  '5',
  status,
  '555',
  'L1',
  'Room 1',
];
const BEN = ['101', '4002', 'Ortiz', 'Ben', '5/2/2015', 'M', '5', 'A', '556', 'L2', 'Room 1'];
const MUM = (name = 'Mum Lee', phone = 'p1') => ['4001', 'C1', name, 'M', phone, 'e1', '1'];
const DAD = ['4002', 'C2', 'Dad Ortiz', 'F', 'p2', 'e2', '1'];

describe('nights that went wrong once', () => {
  let project: Project;
  afterEach(() => project.remove());

  async function begin(settings: Partial<YearSettings> = {}, mappings = YEAR_MAPPINGS): Promise<void> {
    project = await makeProject({ connection: boundless({ ...SETTINGS, ...settings }), mappings });
  }

  async function night(students: string[][], contacts: string[][] | undefined): Promise<Report> {
    await project.drop({ 'students.csv': csvOf(STUDENT_COLUMNS, students) });
    if (contacts) await project.drop({ 'contacts.csv': csvOf(CONTACT_COLUMNS, contacts) });
    const { report } = await project.carry();
    expect(report.run.outcome).to.equal('delivered');
    return report;
  }

  async function contactsOf(report: Report): Promise<string[][]> {
    const file = report.outputs.find(({ name }) => name === 'contacts')?.file ?? '';
    return readOutbound(await project.read(join(project.outbound, file))).slice(1);
  }

  it('the contacts of a student who is gone go too, though their file still has them', async () => {
    await begin();
    await night([ANN(), BEN], [MUM(), DAD]);
    const report = await night([BEN], [MUM(), DAD]);
    expect(report.totals.students).to.include({ removed: 1, carried: 1 });
    expect(report.rejected.contacts).to.deep.equal({ orphan: 1 });
    expect(report.totals.contacts).to.include({ removed: 1, carried_forward: 0, delivered: 1 });
    expect((await contactsOf(report)).map(([student]) => student)).to.deep.equal(['4002']);
  });

  it('the contacts of a student who waits are not carried, and the last ones go out again', async () => {
    await begin();
    await night([ANN(), BEN], [MUM(), DAD]);
    await night([ANN('W'), BEN], [MUM(), DAD]);
    const report = await night([ANN(), BEN], [MUM('Mum Lee', 'another'), DAD]);
    expect(report.totals.students).to.include({ held: 1, carried: 1, carried_forward: 1 });
    expect(report.ineligible.contacts).to.include({ student_not_carried: 1 });
    expect(report.totals.contacts).to.include({ carried: 1, carried_forward: 1, delivered: 2 });
    expect((await contactsOf(report)).map((row) => row[4])).to.have.members(['p1', 'p2']);
  });

  it('no contact goes out of a student who was removed and waits', async () => {
    await begin({ removed: 'deactivate' });
    await night([ANN(), BEN], [MUM(), DAD]);
    await night([BEN], [DAD]);
    const report = await night([ANN(), BEN], [MUM(), DAD]);
    expect(report.totals.students).to.include({ held: 1, carried_forward: 0, delivered: 1 });
    expect((await contactsOf(report)).map(([student]) => student)).to.deep.equal(['4002']);
  });

  it('an approval lets a student through once, and not again when they come back another time', async () => {
    await begin();
    await night([ANN(), BEN], []);
    await night([ANN('W'), BEN], []);
    expect((await night([ANN(), BEN], [])).totals.students).to.include({ held: 1 });
    await approve('4001');
    expect((await night([ANN(), BEN], [])).totals.students).to.include({ held: 0, reactivated: 1 });
    await night([ANN('W'), BEN], []);
    expect((await night([ANN(), BEN], [])).totals.students).to.include({ held: 1, reactivated: 0 });
  });

  for (const [what, status, reactivate] of [
    ['is back in the file as what the last row said', 'W', 'hold'],
    ['is back and kept inactive', 'A', 'keep_inactive'],
  ] as const)
    it(`a removed student who ${what} is known again: a broken row removes nobody`, async () => {
      await begin({ removed: 'deactivate', reactivate });
      await night([ANN(), BEN], []);
      expect((await night([BEN], [])).totals.students).to.include({ removed: 1, delivered: 2 });
      expect((await night([ANN(status), BEN], [])).totals.students).to.include({
        unchanged: 2,
        delivered: 2,
      });
      const broken = await night([ANN('?'), BEN], []);
      expect(broken.totals.students).to.include({ rejected: 1, carried_forward: 1, delivered: 2 });
      expect((await night([BEN], [])).totals.students).to.include({ removed: 1 });
    });

  it('the contacts of a student who went on a night without their file go when it comes again', async () => {
    await begin();
    await night([ANN(), BEN], [MUM(), DAD]);
    const without = await night([BEN], undefined);
    expect(without.totals.students).to.include({ removed: 1 });
    expect(without.outputs.map(({ name }) => name)).to.deep.equal(['students']);
    const report = await night([BEN], [DAD]);
    expect(report.totals.contacts).to.include({ removed: 1, unchanged: 1, delivered: 1 });
  });

  it('a school and a grade are remembered, though no field of the file shows them', async () => {
    const students = YEAR_MAPPINGS['students.yaml'].replace(
      / {2}(?:school_code: School|grade: Grade)\n/g,
      '',
    );
    await begin({}, { ...YEAR_MAPPINGS, 'students.yaml': students });
    const at = (school: string, grade: string) => [ANN().with(0, school).with(6, grade), BEN];
    await night(at('', '5'), []);
    expect((await night(at('101', '5'), [])).totals.students).to.include({ unchanged: 2 });
    expect((await night(at('102', '5'), [])).totals.students).to.include({ transferred: 1 });
    expect((await night(at('102', '4'), [])).totals.students).to.include({ unchanged: 2 });
    expect((await night(at('102', '5'), [])).totals.students).to.include({ promoted: 1 });
  });

  async function approve(id: string): Promise<void> {
    const path = join(project.folder, 'archive/ledger.sqlite');
    await using ledger = await openLedger({ type: 'sqlite', path });
    const about = { file: 'students', id, field: '', value: '', about: '', shown: [] };
    await ledger.decide('north', {
      ...about,
      choice: 'approve',
      by: 'rita',
      at: '2026-11-22T03:30:00-06:00',
      reason: '',
    });
  }
});
