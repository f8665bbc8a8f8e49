/** A line that breaks while files are staged, and stays broken: what lies at the other side then is not forgotten. */
import { expect } from 'chai';
import { openDestination } from '../../src/deliver/open-destination.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const DROP = { 'students.csv': `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`, 'contacts.csv': 'ID,Name\n1,Mum\n' };

const lost = () => Promise.reject(new AppError('connection_lost', 'the line broke'));

/** The file arrives under its temporary name, and then nothing more comes through. */
const breaking: Partial<RunTools> = {
  async openDestination({ settings: { destination } }) {
    const real = await openDestination(destination);
    return { ...real, stage: (file, run) => real.stage(file, run).then(lost), unstage: lost };
  },
};

describe('what a failed run staged', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({ connection: CONNECTION });
    await project.drop(DROP);
    const { report } = await project.carry({}, breaking);
    expect([report.run.outcome, report.error?.code]).to.deep.equal(['failed', 'connection_lost']);
    const [left = ''] = await project.names(project.outbound);
    expect(left).to.match(/^\.students.*\.part$/);
    await project.drop(DROP);
  });
  afterEach(() => project.remove());

  it('is removed by the next delivery', async () => {
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    expect(await project.names(project.outbound)).to.deep.equal(['contacts.csv', 'students_2026-11-22.csv']);
  });

  it('does not keep the next delivery back where it cannot be removed, and is removed by the one after', async () => {
    const denying: Partial<RunTools> = {
      async openDestination({ settings: { destination } }) {
        const unstage = () => Promise.reject(new AppError('destination_denied', 'not allowed'));
        return { ...(await openDestination(destination)), unstage };
      },
    };
    expect((await project.carry({}, denying)).report.run.outcome).to.equal('delivered');
    expect(await project.names(project.outbound)).to.have.length(3);
    await project.drop(DROP);
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
    expect(await project.names(project.outbound)).to.have.length(2);
  });
});
