/** What is told of a connection as it stands, and of a day. */
import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { statusOf } from '../../../src/cli/connection-status.ts';
import { alertStates } from '../../../src/cli/serving/alert-states.ts';
import { openAlertWatch } from '../../../src/cli/serving/alert-watch.ts';
import { composeAlerts } from '../../../src/cli/serving/compose-alerts.ts';
import { composeDigest, digestJobs } from '../../../src/cli/serving/digest-jobs.ts';
import { loadConfig } from '../../../src/config/load-config.ts';
import { AppError } from '../../../src/errors/app-error.ts';
import type { NotifySettings } from '../../../src/notify/schema.ts';
import { CONNECTION, makeProject, NOW_MS, type Project } from '../../builders/project.ts';

const GOOD = 'ID,Last,First,DOB,Gender,Status,School,Grade\n1,Lee,Ann,5/1/2015,F,A,10,5\n';
const HOUR_MS = 3_600_000;

describe('alerts', () => {
  let project: Project;
  afterEach(() => project.remove());

  const prepare = async (settings: string) => {
    project = await makeProject({ connection: `${settings}\n${CONNECTION}` });
    const config = await loadConfig(join(project.folder, 'rosterferry.yaml'));
    const connection = config.connections.get('north');
    if (!connection) throw new Error('no connection');
    const states = async (nowMs: number) => alertStates(await statusOf(connection, config, nowMs), undefined);
    return { config, connection, states };
  };

  it('are late from the hour on, until a run has carried the drop', async () => {
    const { states } = await prepare('expect: { by: "05:00" }');
    const at = (time: string) => Date.parse(`2026-11-22T${time}:00-06:00`);
    expect(await states(at('04:59'))).to.deep.equal([]);
    const [late] = await states(at('05:00'));
    expect(late).to.include({ kind: 'late', subject: '2026-11-22' });
    expect(late?.sentence).to.equal('The drop of 2026-11-22, expected by 05:00, was not carried.');
    await project.drop({ 'students.csv': GOOD });
    await project.carry();
    expect(await states(at('05:00'))).to.deep.equal([]);
  });

  it('are stale where a file of the drop was too old when it was taken, also while the run is held', async () => {
    const { states } = await prepare('expect: { newer_than: 36h }');
    const drop = async (ageHours: number) => {
      const path = join(project.inbound, 'students.csv');
      await writeFile(path, GOOD);
      const atS = (NOW_MS - ageHours * HOUR_MS) / 1000;
      await utimes(path, atS, atS);
    };
    await drop(35);
    await project.carry();
    expect(await states(NOW_MS)).to.deep.equal([]);
    await drop(40);
    await project.carry();
    const [stale] = await states(NOW_MS + 90 * HOUR_MS);
    expect(stale).to.include({ kind: 'stale' });
    expect(stale?.sentence).to.match(
      /^students\.csv was (39|40) hours old when it was taken, and may be 36h at most\.$/,
    );
  });

  it('are told of a kind that was asked for, by each channel, and once of all that is over', async () => {
    const { connection } = await prepare('title: "North USD"');
    const notify: NotifySettings = {
      on: ['failed', 'recovered'],
      email: ['kim@district.example'],
      webhook: 'env:HOOK',
    };
    const state = (kind: 'late' | 'out_of_balance') => ({ kind, subject: 's', sentence: 'x', hint: 'y' });
    const told = (begun: ReturnType<typeof state>[], over: string[]) =>
      composeAlerts(connection, notify, { change: { begun, over }, at: 'now' }).map(
        ({ channel, alert }) => `${channel} ${alert.kind} ${alert.title}`,
      );
    expect(told([state('late')], [])).to.deep.equal([]);
    expect(told([state('out_of_balance')], [])).to.deep.equal([
      'email out_of_balance North USD',
      'webhook out_of_balance North USD',
    ]);
    expect(told([], ['late'])).to.deep.equal([]);
    expect(told([], ['late', 'failed'])).to.deep.equal([
      'email recovered North USD',
      'webhook recovered North USD',
    ]);
  });

  it('leave a host that restarts in peace, and tell of one that stays away', async () => {
    const { config } = await prepare('notify: { on: [failed, recovered], email: [kim@district.example] }');
    await project.withTools(async (_connection, tools) => {
      let nowMs = NOW_MS;
      const clock = { ...tools.clock, now: () => nowMs };
      const watch = openAlertWatch(config, { ...tools, clock });
      const { service } = await tools.ledger();
      const waiting = async () => (await service.waiting()).count;
      const trouble = new AppError('host_unreachable', 'Cannot reach sftp.district.example');
      const looked = async (minutes: number, error: AppError | undefined) => {
        nowMs += minutes * 60_000;
        watch.afterLook({ connection: 'north', trouble: error, hasRun: false });
        await watch.look();
        return waiting();
      };
      expect(await looked(0, trouble)).to.equal(0);
      expect(await looked(9, trouble)).to.equal(0);
      expect(await looked(2, trouble)).to.equal(1);
      expect(await looked(60, trouble)).to.equal(1);
      expect(await looked(1, undefined)).to.equal(2);
      expect(await looked(1, new AppError('login_refused', 'The login was refused'))).to.equal(3);
    });
  });

  it('are told once a day in short, each address all that is its own', async () => {
    const digest = 'notify: { on: [failed], email: [kim@district.example], digest: "07:00" }';
    const { config, connection } = await prepare(`title: "North USD"\n${digest}`);
    await project.drop({ 'students.csv': GOOD });
    const { report } = await project.carry();
    const status = await statusOf(connection, config, NOW_MS);
    const [mail] = composeDigest([status, status], 'now');
    expect(mail?.to).to.deep.equal(['kim@district.example']);
    expect(mail?.alert.sentence).to.equal(
      [status, status]
        .map(() =>
          [
            'North USD (north)',
            `Last run ${report.run.id}: delivered.`,
            'students: 1 rows read, 0 rejected, 1 delivered.',
            'Nothing waits for a person.',
          ].join('\n'),
        )
        .join('\n\n'),
    );
    await project.withTools(async (_connection, tools) => {
      const [job] = digestJobs(config, tools);
      expect(job).to.deep.include({
        schedule: { cron: '0 7 * * *', catch_up: true },
        zone: 'America/Chicago',
      });
      await job?.look('schedule');
      const { service } = await tools.ledger();
      expect((await service.waiting()).count).to.equal(1);
      expect(await job?.lookedUntil?.()).to.be.within(NOW_MS, NOW_MS + 1e9);
    });
  });
});
