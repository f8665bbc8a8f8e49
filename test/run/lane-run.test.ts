import { join } from 'node:path';
import { expect } from 'chai';
import type { Lane } from '../../src/run/open-run.ts';
import { makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const ANN = '1,Lee,Ann,5/1/2015,F,A,10,5\n';
const BOB = '2,Diaz,Bob,6/2/2014,M,A,10,6\n';
const OLD = '3,Old,Gus,1/1/1990,M,G,10,12\n';
const CONTACTS = 'ID,Name\n1,Mum\n2,Dad\n2,Gran\n3,Kin\n';
const DROP = { 'students.csv': HEADER + ANN + BOB + OLD, 'contacts.csv': CONTACTS };

function only(...students: string[]): { lane: Lane } {
  return { lane: { kind: 'only', students, regardless: false } };
}

function sendOne(student: string, regardless = false): { lane: Lane } {
  return { lane: { kind: 'send_one', students: [student], regardless } };
}

describe('a run for some students', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject();
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  it('sends them and their contacts, counts only their rows, and leaves the drop where it is', async () => {
    const { report } = await project.carry(only('2'));
    expect(report).to.include({ lane: 'only', balanced: true });
    expect(report.totals.students).to.include({ read: 1, carried: 1, created: 1, delivered: 1 });
    expect(report.totals.contacts).to.include({ read: 2, carried: 2, delivered: 2 });
    expect(report.inputs.map(({ rows }) => rows)).to.deep.equal([3, 4]);
    expect(report.notices?.map(({ code }) => code)).to.deep.equal(['left_apart']);
    expect(await project.names(project.inbound)).to.deep.equal(['contacts.csv', 'students.csv']);
  });

  it('removes nobody and changes nobody else, in a full file too', async () => {
    await project.carry();
    await project.drop({ ...DROP, 'students.csv': `${HEADER}${ANN.replace('Lee', 'Leigh')}${BOB}` });
    const { report } = await project.carry(only('1'));
    expect(report.totals.students).to.include({
      read: 1,
      updated: 1,
      removed: 0,
      carried_forward: 0,
      delivered: 1,
    });
    const whole = await project.carry();
    expect(whole.report.totals.students).to.include({ unchanged: 2, removed: 0, delivered: 2 });
  });

  it('says that a student who was asked for is not there', async () => {
    const { report } = await project.carry(only('2', '77'));
    const [notice] = report.notices ?? [];
    expect(notice).to.include({ code: 'not_in_drop' });
    expect(notice?.message)
      .to.match(/^1 of the 2 students/)
      .and.not.to.include('77');
    const nobody = await project.carry(sendOne('77'));
    expect(nobody.report.run.outcome).to.equal('nothing_to_deliver');
    expect(nobody.report.notices?.[0]?.code).to.equal('not_in_drop');
  });

  it('is a test record that the rules may leave out, unless it is sent regardless of them', async () => {
    const left = await project.carry(sendOne('3'));
    expect(left.report.run.outcome).to.equal('nothing_to_deliver');
    expect(left.report.totals.students).to.include({ read: 1, ineligible: 1 });
    const sent = await project.carry(sendOne('3', true));
    expect(sent.report).to.include({ lane: 'send_one' });
    expect(sent.report.totals.students).to.include({ read: 1, carried: 1, delivered: 1 });
    expect(sent.report.totals.contacts).to.include({ delivered: 1 });
    const [output] = sent.report.outputs;
    const text = await project.read(join(project.outbound, output?.file ?? ''));
    expect(text.split('\r\n').slice(1)).to.deep.equal(['3,Old,Gus,1990-01-01,Male', '']);
  });

  it('makes the first whole run no other: it is still exempt from the limits of the last delivery', async () => {
    await project.carry(sendOne('1'));
    const { report } = await project.carry();
    expect(report).to.include({ first_run: true });
    expect(report.run.outcome).to.equal('delivered');
    expect(report.totals.students).to.include({ created: 1, unchanged: 1 });
  });
});
