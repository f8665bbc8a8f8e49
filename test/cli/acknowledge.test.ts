/** The commands that tell what the importing system answered. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { findAnswer } from '../../src/cli/find-answer.ts';
import { alertStates } from '../../src/cli/serving/alert-states.ts';
import { answerJobs } from '../../src/cli/serving/answer-jobs.ts';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../builders/project.ts';
import { rosterferry } from './rosterferry.ts';

const ACKNOWLEDGE =
  'acknowledge: { file: "result*.csv", id: student_id, status: result, accepted: [OK], message: note, within: 24h, ready: { quiet: 1ms } }\n';
const DROP = `ID,Last,First,DOB,Gender,Status,School,Grade
1,Lee,Ann,5/1/2015,F,A,10,5
2,Moss,Bo,5/1/2015,M,A,10,5
`;
const RESULT = 'student_id,result,note\n1,OK,\n2,ERROR,no such school\n9,OK,\n';
const DAY_MS = 86_400_000;

describe('rosterferry acknowledge', () => {
  let project: Project;
  let run: string;
  const type = (...args: string[]) => rosterferry(args, { cwd: project.folder });
  const document = async (...args: string[]) => JSON.parse((await type('--json', ...args)).stdout);

  before(async () => {
    project = await makeProject({ connection: CONNECTION + ACKNOWLEDGE });
    await project.drop({ 'students.csv': DROP });
    run = (await project.carry()).report.run.id;
  });
  after(() => project.remove());

  const lookAt = (nowMs: number) =>
    project.withTools(async (connection, { archivePath }) => {
      const answer = await findAnswer(connection, archivePath, nowMs);
      const status = { connection, last: undefined, nextDue: null, open: undefined, pause: undefined };
      return {
        answer,
        states: alertStates({ ...status, lateDay: undefined, stale: undefined, answer }, undefined),
      };
    });

  it('alerts of a delivery that is not answered in time', async () => {
    expect((await lookAt(NOW_MS + DAY_MS / 2)).states).to.deep.equal([]);
    const { answer, states } = await lookAt(NOW_MS + 2 * DAY_MS);
    expect(answer?.unanswered?.run).to.equal(run);
    expect(states.map(({ kind, subject }) => [kind, subject])).to.deep.equal([['unanswered', run]]);
  });

  it('reads what lies there, and says in numbers what it says', async () => {
    expect((await type('acknowledge', 'north')).stdout).to.equal(
      'north: the importing system has answered nothing new.\n',
    );
    await writeFile(join(project.outbound, 'result.csv'), RESULT);
    const { exit, stdout, stderr } = await type('acknowledge', 'north');
    expect(exit, stderr).to.equal(0);
    expect(stdout)
      .to.include(`result.csv answers ${run}`)
      .and.to.include('3 rows: 1 student accepted, 1 refused, 1 row unclear')
      .and.to.include('unknown_student 1')
      .and.to.include('1 student; --refused lists them');
    expect((await lookAt(NOW_MS + 2 * DAY_MS)).states).to.deep.equal([]);
  });

  it('says so where the same file comes again, and where a file is of no use', async () => {
    const again = await type('acknowledge', 'north', '--file', 'outbound/result.csv');
    expect(again.stdout).to.equal(
      `result.csv: was read before, as the answer to ${run}; nothing is counted twice.\n`,
    );
    await writeFile(join(project.folder, 'other.csv'), 'id;state\n1;OK\n');
    const other = await type('--json', 'acknowledge', 'north', '--file', 'other.csv');
    expect(other.exit).to.equal(3);
    expect(other.stderr).to.match(/^error\[missing_column\]: other.csv:1:1: .*student_id/);
    expect(JSON.parse(other.stdout).results[0]).to.deep.include({ file: 'other.csv', result: 'not_used' });
  });

  it('lists who is refused', async () => {
    const { refused } = await document('acknowledge', 'north', '--refused');
    expect(refused).to.have.length(1);
    expect(refused[0]).to.include({
      student_id: '2',
      since_run: run,
      status: 'ERROR',
      message: 'no such school',
    });
    expect((await type('acknowledge', 'north', '--refused')).stdout).to.match(/2 .*ERROR +no such school/);
  });

  it('stands in the history of a student, in show and in status', async () => {
    const { history, answers } = await document('history', '2');
    expect(history[0].answer).to.include({
      verdict: 'refused',
      status: 'ERROR',
      message: 'no such school',
      run,
    });
    expect(answers).to.deep.equal([history[0].answer]);
    expect((await type('history', '2')).stdout).to.match(
      /\n {2}answered [\d-]+: refused \(ERROR\), no such school\n/,
    );
    expect((await document('history', '1')).history[0].answer).to.include({ verdict: 'accepted' });
    expect((await document('show', run)).answers[0].students).to.deep.equal({ accepted: 1, refused: 1 });
    expect((await type('show', run)).stdout).to.include(`result.csv answers ${run}`);
    const [{ answer }] = (await document('status')).connections;
    expect(answer.last).to.include({ run, accepted: 1, refused: 1, still_refused: 1 });
    expect(answer.unanswered).to.equal(null);
    expect((await type('status')).stdout).to.include('north: refused: 1 student is refused');
    expect((await document('runs')).runs.map(({ id }: { id: string }) => id)).to.deep.equal([run]);
    expect((await type('verify')).exit).to.equal(0);
  });

  it('is a mistake where nothing says how answers are read, or --run stands alone', async () => {
    const alone = await type('acknowledge', 'north', '--run', run);
    expect(alone.exit).to.equal(2);
    const silent = await makeProject();
    try {
      const { exit, stderr } = await rosterferry(['acknowledge', 'north'], { cwd: silent.folder });
      expect(exit).to.equal(2);
      expect(stderr).to.include('has no acknowledge');
    } finally {
      await silent.remove();
    }
  });

  it('is a job of the daemon, which looks again by itself', () =>
    project.withTools(async (connection, tools) => {
      const [job] = answerJobs([connection], tools);
      expect(job).to.include({ name: '.answers north', pollMs: 60_000 });
      await writeFile(join(project.outbound, 'result_2.csv'), 'student_id,result,note\n2,OK,\n');
      expect(await job?.look('watch')).to.deep.equal({ kind: 'done' });
      expect(await (await tools.ledger()).answers.refused('north')).to.deep.equal([]);
    }));
});
