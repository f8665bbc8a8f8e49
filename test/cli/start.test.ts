import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { lockConnection } from '../../src/ledger/connection-lock.ts';
import { openSqliteLedger } from '../../src/ledger/sqlite-ledger.ts';
import { CONNECTION, makeProject, type Project } from '../builders/project.ts';
import { rosterferry, rosterferryProcess, startRosterferry } from './rosterferry.ts';
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

    // It stays off over a restart, until somebody wakes it.
    await project.drop({ 'students.csv': GOOD });
    const again = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(again.child, '"started"');
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    const woken = await rosterferry(['wake', 'north'], { cwd: project.folder });
    expect(woken.exit, woken.stderr).to.equal(0);
    expect(woken.stdout).to.match(
      /^The schedule of north is on again, for one run\. It was off since \S+-north-/,
    );
    await waitForLine(again.child, 'switched off');
    again.child.kill('SIGTERM');
    expect((await again.ended).exit).to.equal(0);
    expect(await project.names(project.inbound)).to.deep.equal([]);
    expect((await rosterferry(['wake', 'south'], { cwd: project.folder })).exit).to.equal(0);
  });

  describe('with a cron schedule', () => {
    const DAY_MS = 86_400_000;
    const openService = () => openSqliteLedger(join(project.folder, 'archive/ledger.sqlite'));
    const lookedUntilMs = async () => {
      await using ledger = await openService();
      return (await ledger.service.schedule('north')).lookedUntilMs ?? 0;
    };
    /** Starts, waits for a line, stops; answers the messages of the log. */
    const startUntil = async (line: string) => {
      const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
      await waitForLine(child, line);
      // What would come must have its time to come.
      await new Promise((resolve) => setTimeout(resolve, 500));
      child.kill('SIGTERM');
      const { exit, stderr } = await ended;
      expect(exit, stderr).to.equal(0);
      return stderr
        .trimEnd()
        .split('\n')
        .map((text) => JSON.parse(text).msg);
    };
    const prepare = async (schedule: string, lookedMs?: number) => {
      project = await makeProject({ connection: `schedule: ${schedule}\n${CONNECTION}` });
      await project.drop({ 'students.csv': GOOD });
      if (lookedMs === undefined) return;
      await using ledger = await openService();
      await ledger.service.noteLooked('north', lookedMs);
    };

    it('makes good what was due while it was down: once, and not again at the next start', async () => {
      await prepare('{ cron: "0 0 * * *" }', Date.now() - 3 * DAY_MS);
      expect(await startUntil('run delivered')).to.deep.equal([
        'started',
        'a due time was missed, looking now',
        'run delivered',
        'stopped',
      ]);
      expect(Date.now() - (await lookedUntilMs())).to.be.below(60_000);
      await project.drop({ 'students.csv': GOOD });
      expect(await startUntil('"started"')).to.deep.equal(['started', 'stopped']);
      expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
    });

    it('makes nothing good with catch_up: false, nor at the very first start', async () => {
      await prepare('{ cron: "0 0 * * *", catch_up: false }', Date.now() - 3 * DAY_MS);
      expect(await startUntil('waiting for the next')).to.not.include('run delivered');
      await project.remove();
      await prepare('{ cron: "0 0 * * *" }');
      expect(await startUntil('"started"')).to.deep.equal(['started', 'stopped']);
      expect(Date.now() - (await lookedUntilMs())).to.be.below(60_000);
    });

    it('does not lose a due time to somebody who has the connection at that moment', async () => {
      await prepare('{ cron: "0 0 * * *" }', Date.now() - 3 * DAY_MS);
      const lock = lockConnection(join(project.folder, 'archive'), 'north');
      const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
      await waitForLine(child, 'looking now');
      await new Promise((resolve) => setTimeout(resolve, 500));
      lock.release();
      await waitForLine(child, 'run delivered');
      child.kill('SIGTERM');
      expect((await ended).stderr).to.not.include('already_running');
    });

    it('counts a run by hand as the look of that night', async () => {
      await prepare('{ cron: "0 0 * * *" }', Date.now() - 3 * DAY_MS);
      expect((await rosterferry(['run', 'north'], { cwd: project.folder })).exit).to.equal(0);
      await project.drop({ 'students.csv': GOOD });
      expect(await startUntil('"started"')).to.deep.equal(['started', 'stopped']);
    });
  });

  it('does not look while a pause is in force, and says so once', async () => {
    const today = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(5, 10);
    const pause = `pause: [ { from: "${today(-2)}", to: "${today(2)}", reason: summer } ]`;
    project = await makeProject({ connection: `${pause}\n${CONNECTION}` });
    await project.drop({ 'students.csv': GOOD });
    const { child, ended } = await startRosterferry(['start'], { cwd: project.folder });
    await waitForLine(child, 'Paused from');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGTERM');
    const { exit, stderr } = await ended;
    expect(exit).to.equal(0);
    expect(stderr.match(/Paused from/g)).to.have.length(1);
    expect(await project.names(project.inbound)).to.deep.equal(['students.csv']);
  });

  it('does not start on a configuration that is wrong', async () => {
    project = await makeProject({ connection: CONNECTION.replace('max_rejected', 'max_reject') });
    const { exit, stdout, stderr } = await rosterferryProcess(['start'], { cwd: project.folder });
    expect({ exit, stdout }).to.deep.equal({ exit: 2, stdout: '' });
    expect(stderr).to.match(
      /^error\[config_invalid\]: rosterferry\.yaml:\d+:\d+: .*Did you mean max_rejected\?\n$/,
    );
  });
});
