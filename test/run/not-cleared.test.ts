/** A source that lets nobody remove what was carried: nothing is sent twice, and nothing new is kept back. */
import { join } from 'node:path';
import { expect } from 'chai';
import { AppError } from '../../src/errors/app-error.ts';
import type { RunTools } from '../../src/run/run-tools.ts';
import { openSource } from '../../src/source/open-source.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const dropOf = (last: string) => `${HEADER}1,${last},Ann,5/1/2015,F,A,10,5\n`;

const ROOM = 'max_updated: 100%, max_size_change: 1000%';

const denying: Partial<RunTools> = {
  async openSource({ settings: { source } }) {
    const clear = () => Promise.reject(new AppError('source_not_cleared', 'not allowed'));
    return { ...(await openSource(source)), clear };
  },
};

describe('a drop that cannot be cleared', () => {
  let project: Project;
  beforeEach(async () => {
    project = await makeProject({ connection: CONNECTION.replace('max_rejected: 100%', ROOM) });
    await project.drop({ 'students_1.csv': dropOf('Lee') });
    expect((await project.carry({}, denying)).report.run.outcome).to.equal('delivered');
  });
  afterEach(() => project.remove());

  for (const trigger of ['manual', 'watch'] as const)
    it(`is not carried again, trigger ${trigger}`, async () => {
      expect(await project.run({ trigger }, denying)).to.deep.include({
        kind: 'no_drop',
        found: { state: 'carried_before' },
      });
      expect(await project.names(join(project.folder, 'archive/north/2026/11'))).to.have.length(1);
    });

  it('keeps back none that comes after it, and all are cleared once that is allowed', async () => {
    for (const [name, last] of [
      ['students_2.csv', 'Ray'],
      ['students_3.csv', 'Orr'],
    ] as const) {
      await project.drop({ [name]: dropOf(last) });
      const { report } = await project.carry({ onlyNew: true }, denying);
      expect(report.inputs.map(({ file }) => file)).to.deep.equal([name]);
    }
    expect(await project.run({}, denying)).to.deep.include({ found: { state: 'carried_before' } });
    expect(await project.names(project.inbound)).to.have.length(3);
    expect(await project.run()).to.deep.include({ kind: 'no_drop', found: { state: 'none' } });
    expect(await project.names(project.inbound)).to.deep.equal([]);
  });

  it('is another drop where somebody wrote over it', async () => {
    await project.drop({ 'students_1.csv': dropOf('Overwritten') });
    expect((await project.carry({}, denying)).report.run.outcome).to.equal('delivered');
    await project.run();
    expect(await project.names(project.inbound)).to.deep.equal([]);
  });
});
