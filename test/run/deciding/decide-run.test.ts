import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { verifyPath } from '../../../src/archive/verify-archive.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';

const DROP = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n8,X\n';

describe('decideRun', () => {
  let project: Project;
  let held: string;
  beforeEach(async () => {
    project = await makeProject({ connection: CONNECTION.replace('max_rejected: 100%', 'max_rejected: 5%') });
    await project.drop({ 'students.csv': DROP });
    held = (await project.carry()).report.run.id;
  });
  afterEach(() => project.remove());

  async function codeOf(work: Promise<unknown>): Promise<string> {
    try {
      await work;
      return 'none';
    } catch (error) {
      return error instanceof AppError ? error.code : String(error);
    }
  }

  it('delivers what was held, once it is approved, and says by whom and why', async () => {
    const drafted = await project.read(
      join(project.folder, 'archive/.open', held, 'outbound/students_2026-11-22.csv'),
    );
    const { report, folder } = await project.decide(held, {
      decision: 'approve',
      by: 'rita',
      reason: 'known typo',
    });
    expect(report.run.outcome).to.equal('delivered');
    expect(report.decisions[0]).to.include({ decision: 'approve', by: 'rita', reason: 'known typo' });
    expect(report.held?.reasons).to.have.length(1);
    expect(await project.read(join(project.outbound, 'students_2026-11-22.csv'))).to.equal(drafted);
    expect((await verifyPath(folder)).problems).to.deep.equal([]);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    await project.drop({ 'students.csv': DROP.replace('8,X\n', '') });
    expect((await project.carry()).report.run.outcome).to.equal('delivered');
  });

  it('delivers nothing of a cancelled run, keeps its drop whole, and lets the next begin', async () => {
    const { report, folder } = await project.decide(held, {
      decision: 'cancel',
      by: 'rita',
      reason: 'wrong file',
    });
    expect([report.run.outcome, report.outputs, report.totals.students?.delivered]).to.deep.equal([
      'cancelled',
      [],
      0,
    ]);
    expect(report.decisions[0]).to.include({ decision: 'cancel', reason: 'wrong file' });
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(await project.names(join(folder, 'outbound'))).to.deep.equal([]);
    expect(await project.read(join(folder, 'inbound/students.csv'))).to.equal(DROP);
    expect((await project.run()).kind).to.equal('no_drop');
  });

  it('does not take an approval for other bytes than were held', async () => {
    await appendFile(
      join(project.folder, 'archive/.open', held, 'outbound/students_2026-11-22.csv'),
      '9,Evil,Eve,2015-05-01,Female\r\n',
    );
    expect(await codeOf(project.decide(held, { decision: 'approve', by: 'rita' }))).to.equal('draft_altered');
    expect(await project.names(project.outbound)).to.deep.equal([]);
    expect(
      (await project.decide(held, { decision: 'cancel', by: 'rita', reason: 'altered' })).report.run.outcome,
    ).to.equal('cancelled');
  });

  it('refuses a decision about a run that does not wait for one', async () => {
    await project.decide(held, { decision: 'cancel', by: 'rita', reason: 'wrong file' });
    expect(await codeOf(project.decide(held, { decision: 'approve', by: 'rita' }))).to.equal('not_held');
  });
});
