/** A drop is what is in its files, not how they are called or when they came. */
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION as CAREFUL, makeProject, NOW_MS, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const ANN = `${HEADER}1,Lee,Ann,5/1/2015,F,A,10,5\n`;
const BOTH = `${ANN}2,Ray,Bob,6/1/2015,M,A,10,5\n`;
/** Two students are too few for limits. */
const CONNECTION = CAREFUL.replace(
  'max_rejected: 100%',
  'max_rejected: 100%, max_created: 100%, max_removed: 100%, max_size_change: 1000%',
);
const YEAR_MS = 366 * 86_400_000;

describe('a drop that comes again', () => {
  let project: Project;
  afterEach(() => project.remove());

  const carry = async (name: string, content: string, laterMs = 0) => {
    await project.drop({ [name]: content });
    const clock = {
      now: () => NOW_MS + laterMs,
      monotonicMs: () => performance.now(),
      sleep: async () => undefined,
    };
    const { report } = await project.carry({ onlyNew: true }, laterMs === 0 ? {} : { clock });
    const { created, unchanged, removed } = report.totals.students ?? {};
    return { outcome: report.run.outcome, created, unchanged, removed };
  };

  it('under the same name with new content is another drop', async () => {
    project = await makeProject({ connection: CONNECTION });
    expect(await carry('students.csv', ANN)).to.include({ outcome: 'delivered', created: 1 });
    expect(await carry('students.csv', BOTH)).to.include({ outcome: 'delivered', created: 1, unchanged: 1 });
  });

  it('under another name, or a year later, changes nothing at the other side', async () => {
    project = await makeProject({ connection: CONNECTION });
    expect(await carry('students_1.csv', BOTH)).to.include({ created: 2 });
    expect(await carry('students_2.csv', BOTH)).to.include({ created: 0, unchanged: 2, removed: 0 });
    const later = await carry('students_1.csv', BOTH, YEAR_MS);
    expect(later).to.include({ created: 0, unchanged: 2, removed: 0 });
  });

  it('with the very times that it had is carried again, because somebody put it there', async () => {
    project = await makeProject({ connection: CONNECTION });
    for (const created of [1, 0]) {
      await project.drop({ 'students.csv': ANN });
      await utimes(join(project.inbound, 'students.csv'), 1_790_000_000, 1_790_000_000);
      const { report } = await project.carry({ onlyNew: true });
      expect(report.totals.students).to.include({ created, unchanged: 1 - created });
    }
  });

  it('is not sent at all where that is asked for, whatever its name and however late', async () => {
    project = await makeProject({ connection: `reconcile: { on_identical: skip }\n${CONNECTION}` });
    expect(await carry('students_1.csv', BOTH)).to.include({ outcome: 'delivered' });
    expect(await carry('students_2.csv', BOTH)).to.include({ outcome: 'nothing_to_deliver' });
    expect(await carry('students_1.csv', BOTH, YEAR_MS)).to.include({ outcome: 'nothing_to_deliver' });
    expect(await project.names(project.outbound)).to.have.length(1);
    expect(await carry('students_1.csv', ANN, YEAR_MS)).to.include({ outcome: 'delivered', removed: 1 });
  });

  it('and stays in the folder, is carried once, and again when it was changed', async () => {
    project = await makeProject({ connection: CONNECTION.replace('ready:', 'after: leave, ready:') });
    expect(await carry('students.csv', ANN)).to.include({ outcome: 'delivered' });
    const again = await project.run({ onlyNew: true });
    expect(again).to.deep.include({ kind: 'no_drop', found: { state: 'carried_before' } });
    expect(await carry('students.csv', BOTH)).to.include({ created: 1, unchanged: 1 });
  });
});
