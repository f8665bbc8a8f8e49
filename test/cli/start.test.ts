import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { rosterferry, startRosterferry } from './rosterferry.ts';
import { waitForLine } from './wait-for-line.ts';

const GOOD = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';

let project: Project;

describe('rosterferry start', () => {
  afterEach(() => project.remove());

  it('carries drop after drop, lives on after a bad one, and stops cleanly', async () => {
    project = await makeProject();
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(child, '"started"');
    await project.drop({ 'students.csv': 'Name\nLee\n' });
    await waitForLine(child, 'run failed');
    await project.drop({ 'students.csv': GOOD });
    await waitForLine(child, 'run delivered');
    child.kill('SIGTERM');
    const { exit, stdout, stderr } = await ended;
    expect({ exit, stdout }).to.deep.equal({ exit: 0, stdout: '' });

    const events = stderr
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(events.map(({ msg }) => msg)).to.deep.equal(['started', 'run failed', 'run delivered', 'stopped']);
    const [, failed, delivered] = events;
    expect(failed).to.include({ level: 'error', connection: 'north', code: 'missing_column' });
    expect(failed.message).to.include('has no column "ID"');
    expect(failed.place).to.deep.equal({ file: 'students.csv', line: 1, column: 1 });
    expect(delivered.totals.students).to.include({ read: 1, delivered: 1 });
    const report = JSON.parse(await readFile(join(delivered.folder, 'report.json'), 'utf8'));
    expect(report.run).to.include({ id: delivered.run, trigger: 'watch', outcome: 'delivered' });
    expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
  });

  it('leaves a connection alone that is not enabled, and runs a sandbox once', async () => {
    project = await makeProject({ connection: `environment: sandbox\n${CONNECTION}` });
    const yaml = join(project.folder, 'rosterferry.yaml');
    const text = await project.read(yaml);
    const second = text
      .slice(text.indexOf('  north:'))
      .replace('north:', 'south:\n    enabled: false')
      .replace('path: inbound', 'path: nowhere')
      .replace('path: outbound', 'path: never');
    await writeFile(yaml, `${text}${second}`);
    await project.drop({ 'students.csv': GOOD });
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(child, 'switched off');
    child.kill('SIGINT');
    const { exit, stderr } = await ended;
    expect(exit, stderr).to.equal(0);
    expect(stderr).to.include('"connections":["north"]').and.not.to.include('south');
    expect(await project.names(project.outbound)).to.have.length(1);
  });

  it('does not start on a configuration that is wrong', async () => {
    project = await makeProject({ connection: CONNECTION.replace('max_rejected', 'max_reject') });
    const { exit, stdout, stderr } = await rosterferry(['start'], { cwd: project.folder });
    expect({ exit, stdout }).to.deep.equal({ exit: 2, stdout: '' });
    expect(stderr).to.match(
      /^error\[config_invalid\]: rosterferry\.yaml:\d+:\d+: .*Did you mean max_rejected\?\n$/,
    );
  });
});
