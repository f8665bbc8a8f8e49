import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../builders/project.ts';
import { type Ended, rosterferry } from './rosterferry.ts';

const STUDENTS = `ID,Last,First,DOB,Gender,Status,School,Grade
1, Lee ,Ann,5/1/2015,F,A,10,5
2,Old,Gus,1/1/1990,M,G,10,12
3,Bad,Bea,5/1/2015,Q,A,10,5
4,Short
5,Fay,Fay,5/1/2015,F,A,10,5
`;

let project: Project;

function preview(...args: string[]): Promise<Ended> {
  return rosterferry(['preview', 'north', '--as-of', '2026-11-22', ...args], { cwd: project.folder });
}

describe('rosterferry preview', () => {
  before(async () => {
    project = await makeProject();
    await project.drop({ 'students.csv': STUDENTS });
  });
  after(() => project.remove());
  // It delivers nothing, takes nothing and leaves nothing.
  afterEach(async () => {
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    expect(await project.names(project.outbound)).to.deep.equal([]);
    for (const folder of ['.open', '.dry', 'north'])
      expect(await project.names(join(project.folder, 'archive', folder))).to.deep.equal([]);
  });

  it('shows students from source to target, and why one is left out or rejected', async () => {
    const { exit, stdout, stderr } = await preview();
    expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
    expect(stdout).to.match(
      /^students, row 1, line 2, 1\ncarried\ntarget field +type +source value +mapped value\n/,
    );
    expect(stdout).to.match(/^last_name +transformation +Lee +Lee$/m);
    expect(stdout).to.match(/^gender +match_codes +F +Female$/m);
    expect(stdout).to.match(/^ineligible \(age\): More than 21 completed years on 2026-09-01\.$/m);
    expect(stdout).to.match(/^rejected \(unknown_code\): gender: /m);
    expect(stdout).to.match(/^rejected \(field_count\): /m);
  });

  it('shows the students that are asked for, and says which are not there', async () => {
    const { exit, stdout } = await preview('--student', '5', '--student', '99');
    expect(exit).to.equal(0);
    expect(stdout).to.match(/^students, row 5, line 6, 5\n/);
    expect(stdout).to.match(/\n99: no row of the drop has this id\.\n$/);
  });

  it('prints one document with --json', async () => {
    const { stdout } = await preview('--json', '--student', '2', '--student', '99');
    const document = JSON.parse(stdout);
    expect(document).to.deep.include({ connection: 'north', not_found: ['99'] });
    expect(document.rows[0]).to.include({ file: 'students', id: '2', verdict: 'ineligible', code: 'age' });
    expect(document.rows[0].fields[0]).to.deep.equal({
      target: 'student_id',
      type: 'direct',
      source: '2',
      mapped: '2',
    });
  });

  it('refuses a number of students that is none', async () => {
    const { exit, stderr } = await preview('--sample', '0');
    expect(exit).to.equal(2);
    expect(stderr).to.equal(
      'error[usage]: --sample 0 is no whole number above zero. Write it in digits, such as --sample 5.\n',
    );
  });
});
