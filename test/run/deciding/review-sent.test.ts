/** Records are decided while a run waits that has sent a file already: what was sent is never drafted and sent again. */
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { openDestination } from '../../../src/deliver/open-destination.ts';
import { AppError, asAppError } from '../../../src/errors/app-error.ts';
import { exportReview } from '../../../src/run/deciding/export-review.ts';
import { importReview, openQuestions } from '../../../src/run/deciding/review-run.ts';
import { readReport } from '../../../src/run/read-report.ts';
import type { RunTools } from '../../../src/run/run-tools.ts';
import { CONNECTION, makeProject, type Project } from '../../builders/project.ts';

const LIMITS = `safeguards: { ${['rejected', 'updated', 'created', 'removed'].map((one) => `max_${one}: 100%`).join(', ')} }`;
const REQUEST = { businessDate: '2026-11-22' };
const [STUDENTS, CONTACTS] = ['students_2026-11-22.csv', 'contacts.csv'];

/** Of the first student, the status: one who comes back is a question. */
function drop(status: string): Record<string, string> {
  const rows = `0012,Lee,Ann,5/1/2015,F,${status},10,5\n0014,Ray,Cy,5/3/2015,M,A,10,5\n`;
  return {
    'students.csv': `ID,Last,First,DOB,Gender,Status,School,Grade\n${rows}`,
    'contacts.csv': `ID,Name\n0014,Mum${status}\n`,
  };
}

describe('a review of a run of which a file has arrived', () => {
  let project: Project;
  const at = (name: string) => join(project.outbound, name);

  beforeEach(async () => {
    project = await makeProject({
      connection: CONNECTION.replace('safeguards: { max_rejected: 100% }', LIMITS),
    });
    for (const status of ['A', 'I']) {
      await project.drop(drop(status));
      await project.carry(REQUEST);
    }
  });
  afterEach(() => project.remove());

  /** The first file arrives and is taken; of the second nobody can know. */
  async function holdHalfway(): Promise<{ id: string; folder: string }> {
    const breaking: Partial<RunTools> = {
      async openDestination({ settings: { destination } }) {
        const real = await openDestination(destination);
        return {
          ...real,
          async publish(file, run) {
            await real.publish(file, run);
            if (file.name !== CONTACTS) return;
            await writeFile(at(CONTACTS), 'somebody wrote over it');
            throw new AppError('delivery_failed', 'the power went');
          },
        };
      },
    };
    await project.drop({ ...drop('A'), 'contacts.csv': 'ID,Name\n0014,Mum\n' });
    expect(await project.run(REQUEST, breaking).catch(asAppError)).to.include({ code: 'delivery_failed' });
    expect(await project.run(REQUEST).catch(asAppError)).to.include({ code: 'open_run' });
    await rm(at(STUDENTS));
    const [id = ''] = await project.names(join(project.folder, 'archive/.open'));
    return { id, folder: join(project.folder, 'archive/.open', id) };
  }

  it('remembers what was decided for the next run, and drafts nothing again', async () => {
    const { id, folder } = await holdHalfway();
    const path = join(project.folder, 'review.csv');
    const answer = await project.withTools(async (connection, tools) => {
      await exportReview(await openQuestions(await readReport(folder), folder, tools), path);
      await writeFile(path, await decided(path));
      return importReview(connection, { run: id, path, by: 'rita', reason: 'came back' }, tools);
    });
    expect(answer.taken.map(({ id: student, choice }) => [student, choice])).to.deep.equal([
      ['0012', 'approve'],
    ]);
    expect([answer.isDraftedAgain, answer.report.run.outcome]).to.deep.equal([false, 'held']);
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS]);
    const { report } = await project.decide(id, { decision: 'approve', by: 'rita', arrived: true });
    expect(report.run.outcome).to.equal('delivered');
    expect(await project.names(project.outbound)).to.deep.equal([CONTACTS]);
    await project.drop(drop('A'));
    await project.carry(REQUEST);
    expect(await readFile(at(STUDENTS), 'utf8')).to.include('0012');
  });
});

/** The sheet with its one open record approved. */
async function decided(path: string): Promise<string> {
  const [header = '', ...rows] = (await readFile(path, 'utf8')).split('\r\n');
  const column = header.replace('\ufeff', '').split(',').indexOf('decision');
  const approved = rows.map((row) =>
    row.includes('0012') ? row.split(',').with(column, 'approve').join(',') : row,
  );
  return [header, ...approved].join('\r\n');
}
