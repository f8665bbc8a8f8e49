/** The daemon as a process: alone, by a configuration that changes, and ended in every way. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project } from '../../builders/project.ts';
import { openWebhookServer } from '../../doubles/webhook-server.ts';
import { rosterferry, startRosterferry } from '../rosterferry.ts';
import { waitForLine } from '../wait-for-line.ts';

const GOOD = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';

describe('one daemon', () => {
  let project: Project;
  let yaml: string;
  beforeEach(async () => {
    project = await makeProject();
    yaml = join(project.folder, 'rosterferry.yaml');
  });
  afterEach(() => project.remove());
  const start = () => startRosterferry(['start'], { cwd: project.folder });

  it('refuses a second one, which names the first, and is free at once when the first is killed', async () => {
    const { child, ended } = await start();
    await waitForLine(child, '"started"');
    const second = await rosterferry(['start'], { cwd: project.folder });
    expect(second.exit).to.equal(7);
    expect(second.stderr).to.match(/^error\[daemon_running\]: .*archive already: process \d+\./);
    expect(second.stderr).to.include(`process ${child.pid}`);
    child.kill('SIGKILL');
    await ended;
    const third = await start();
    await waitForLine(third.child, '"started"');
    third.child.kill('SIGTERM');
    expect((await third.ended).exit).to.equal(0);
  });

  it('reads a changed configuration at SIGHUP, and keeps the one before where it is wrong', async () => {
    const good = await readFile(yaml, 'utf8');
    const { child, ended } = await start();
    await waitForLine(child, '"started"');
    const reload = async (text: string, line: string) => {
      await writeFile(yaml, text);
      child.kill('SIGHUP');
      return waitForLine(child, line);
    };

    const said = await reload(good.replace('north:', 'north:\n    enable: true'), 'stays in force');
    expect(said).to.include('Did you mean enabled?').and.include('rosterferry.yaml:5:');
    await project.drop({ 'students.csv': GOOD });
    await waitForLine(child, 'run delivered');

    const moved = `archive: { path: elsewhere }\n${good}`;
    expect(await reload(moved, 'stays in force')).to.include('cannot change while the daemon is at work');

    for (const name of ['drops', 'others']) await mkdir(join(project.folder, name));
    const south = good
      .slice(good.indexOf('  north:'))
      .replace('north:', 'south:')
      .replace('path: inbound', 'path: drops')
      .replace('path: outbound', 'path: others');
    const both = good.replace('  north:', '  north:\n    enabled: false').concat(south);
    expect(await reload(both, 'read anew')).to.match(/"added":\["south"\],"removed":\["north"\]/);
    await writeFile(join(project.folder, 'drops/students.csv'), GOOD);
    expect(await waitForLine(child, 'run delivered')).to.include('"connection":"south"');
    await project.drop({ 'students.csv': GOOD });
    await new Promise((resolve) => setTimeout(resolve, 500));
    child.kill('SIGTERM');
    const { exit, stderr } = await ended;
    expect(exit, stderr).to.equal(0);
    expect(await project.names(project.inbound), 'north is served no more').to.deep.equal(['students.csv']);
  });

  it('measures itself where it is told to, and answers nothing where it is not', async () => {
    await writeFile(yaml, `console: { listen: "127.0.0.1:0" }\n${await readFile(yaml, 'utf8')}`);
    const { child, ended } = await start();
    const [, port = ''] = /"port":(\d+)/.exec(await waitForLine(child, 'the console listens')) ?? [];
    await project.drop({ 'students.csv': GOOD });
    await waitForLine(child, 'run delivered');
    const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(text).to.include('rosterferry_runs_total{connection="north",outcome="delivered"} 1\n');
    expect(text).to.include('rosterferry_delivered_rows_total{connection="north",file="students"} 1\n');
    expect(text).to.match(/rosterferry_last_look_timestamp_seconds\{connection="north"\} \d+/);
    const health = await fetch(`http://127.0.0.1:${port}/healthz`);
    expect(await health.json()).to.include({ status: 'ok', connections: 1 });
    child.kill('SIGTERM');
    expect((await ended).exit).to.equal(0);
  });

  it('tells of a failed run by itself, and when the next one went well', async () => {
    const hook = await openWebhookServer();
    try {
      const notify = '  north:\n    notify: { on: [failed, recovered], webhook: env:HOOK }';
      await writeFile(yaml, (await readFile(yaml, 'utf8')).replace('  north:', notify));
      const env = { HOOK: hook.url };
      const { child, ended } = await startRosterferry(['start'], { cwd: project.folder, env });
      await waitForLine(child, '"started"');
      await project.drop({ 'students.csv': 'Name\nLee\n' });
      await waitForLine(child, '"msg":"told"');
      await project.drop({ 'students.csv': GOOD });
      await waitForLine(child, '"msg":"told"');
      child.kill('SIGTERM');
      expect((await ended).exit).to.equal(0);
      const calls = hook.calls.map(({ body }) => JSON.parse(body));
      expect(calls.map(({ kind }) => kind)).to.deep.equal(['failed', 'recovered']);
    } finally {
      await hook.close();
    }
  });

  it('puts a run down where the next start takes it up, when it is told to stop', async () => {
    const row = (id: number) => `${id},Lee,Ann,5/1/2015,F,A,10,5\n`;
    const rows = 30_000;
    const many = Array.from({ length: rows }, (_, at) => row(at + 1)).join('');
    await project.drop({ 'students.csv': `${GOOD.split('\n')[0]}\n${many}` });
    const open = join(project.folder, 'archive/.open');
    const isBegun = async () => (await project.names(open)).some((name) => !name.startsWith('.'));

    const { child, ended } = await start();
    for (let look = 0; look < 1000 && !(await isBegun()); look++)
      await new Promise((resolve) => setTimeout(resolve, 5));
    child.kill('SIGTERM');
    const first = await ended;
    expect(first.exit, first.stderr).to.equal(0);
    expect(first.stderr).to.include('"stopped"').and.not.include('"level":"error"');
    expect(await isBegun(), 'put down').to.equal(true);
    expect(await project.names(project.outbound)).to.deep.equal([]);

    const again = await start();
    const said = await waitForLine(again.child, 'run delivered');
    expect(said).to.include('finishing an interrupted run').and.include(`"delivered":${rows}`);
    again.child.kill('SIGTERM');
    expect((await again.ended).exit).to.equal(0);
    expect(await project.names(project.outbound)).to.have.length(1);
    expect(await project.names(project.inbound)).to.deep.equal([]);
  });
});
