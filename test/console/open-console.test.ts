import { request } from 'node:http';
import { expect } from 'chai';
import type { ConnectionFacts, ConsoleFacts } from '../../src/console/facts.ts';
import { type Console, openConsole } from '../../src/console/open-console.ts';
import { consoleSchema } from '../../src/console/schema.ts';
import { AppError } from '../../src/errors/app-error.ts';
import type { AppliedRun } from '../../src/ledger/ledger.ts';
import { faultOf } from '../doubles/fault-of.ts';
import { aTotals } from './a-run.ts';

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');
const FREE_PORT = consoleSchema.parse({ listen: '127.0.0.1:0' });

const NORTH: ConnectionFacts = {
  name: 'north',
  isEnabled: true,
  states: ['held'],
  lateSinceMs: NOW_MS - 3_600_000,
  heldSinceMs: NOW_MS - 90_000,
  nextDueMs: NOW_MS + 1000,
  lastLookMs: undefined,
};

const aRun = (id: string, change: Partial<AppliedRun> = {}): AppliedRun => ({
  id,
  connection: 'north',
  outcome: 'delivered',
  businessDate: '2026-11-22',
  startedAt: '2026-11-22T08:30:00.000Z',
  finishedAt: '2026-11-22T08:30:07.000Z',
  manifestSha256: '',
  totals: { students: aTotals({ read: 12, rejected: 2, carried: 10, created: 10, delivered: 10 }) },
  ...change,
});

describe('the console', () => {
  let console: Console | undefined;
  let runs: AppliedRun[];
  let facts: ConsoleFacts;
  beforeEach(() => {
    runs = [aRun('1')];
    facts = {
      program: { version: '1.2.3', node: 'v24' },
      connections: async () => [NORTH],
      outbox: async () => ({ count: 1, oldestMs: NOW_MS - 60_000 }),
      runs: async () =>
        (async function* () {
          yield* runs.toReversed();
        })(),
    };
  });
  afterEach(async () => {
    await console?.close();
    console = undefined;
  });

  const open = async () => {
    console = await openConsole(FREE_PORT, facts, { now: () => NOW_MS });
    return console.port;
  };
  const get = (port: number, path: string, headers: Record<string, string> = {}) =>
    new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port, path, headers }, async (answer) => {
        const chunks = await Array.fromAsync(answer);
        resolve({ status: answer.statusCode ?? 0, text: Buffer.concat(chunks).toString() });
      });
      asked.on('error', reject).end();
    });

  it('tells Prometheus what the ledger knows, and how things are', async () => {
    const { status, text } = await get(await open(), '/metrics');
    expect(status).to.equal(200);
    for (const line of [
      'rosterferry_runs_total{connection="north",outcome="delivered"} 1',
      'rosterferry_rows_total{connection="north",file="students",verdict="rejected"} 2',
      'rosterferry_rows_total{connection="north",file="students",verdict="carried"} 10',
      'rosterferry_records_total{connection="north",file="students",change="created"} 10',
      'rosterferry_delivered_rows_total{connection="north",file="students"} 10',
      'rosterferry_delivery_seconds_sum{connection="north"} 7',
      'rosterferry_last_success_timestamp_seconds{connection="north"} 1795336207',
      'rosterferry_lateness_seconds{connection="north"} 3600',
      'rosterferry_held_age_seconds{connection="north"} 90',
      'rosterferry_alert{connection="north",kind="held"} 1',
      'rosterferry_alert{connection="north",kind="late"} 0',
      'rosterferry_messages_waiting 1',
      'rosterferry_messages_oldest_age_seconds 60',
      'rosterferry_build_info{version="1.2.3",node="v24"} 1',
    ])
      expect(text).to.include(`\n${line}\n`);
  });

  it('counts each run once, however often it is asked, and what is no run not at all', async () => {
    const port = await open();
    await Promise.all([get(port, '/metrics'), get(port, '/metrics')]);
    runs.push(aRun('2', { outcome: 'purged', totals: {} }), aRun('3', { outcome: 'failed', totals: {} }));
    const { text } = await get(port, '/metrics');
    expect(text.match(/rosterferry_runs_total\{.*/g)).to.deep.equal([
      'rosterferry_runs_total{connection="north",outcome="delivered"} 1',
      'rosterferry_runs_total{connection="north",outcome="failed"} 1',
    ]);
    expect(text).to.include('rosterferry_last_success_timestamp_seconds{connection="north"} 1795336207\n');
  });

  it('is healthy where archive and ledger answer, and says by code where they do not', async () => {
    const port = await open();
    const well = await get(port, '/healthz');
    expect(well.status).to.equal(200);
    expect(JSON.parse(well.text)).to.deep.equal({ status: 'ok', connections: 1, version: '1.2.3' });
    facts.outbox = async () => {
      throw new AppError('ledger_damaged', 'The ledger /srv/private/path is damaged');
    };
    const ill = await get(port, '/healthz');
    expect(ill.status).to.equal(503);
    expect(JSON.parse(ill.text)).to.deep.equal({ status: 'failing', code: 'ledger_damaged' });
    expect((await get(port, '/metrics')).status).to.equal(503);
  });

  it('answers to its own names only', async () => {
    const port = await open();
    for (const host of ['localhost', `127.0.0.1:${port}`, '[::1]:9464', 'LOCALHOST'])
      expect((await get(port, '/metrics', { host })).status, host).to.equal(200);
    for (const host of ['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:9464'])
      expect((await get(port, '/metrics', { host })).status, host).to.be.within(400, 421);
  });

  it('has nothing else', async () => {
    expect((await get(await open(), '/archive')).status).to.equal(404);
  });

  it('says that its address is taken', async () => {
    const port = await open();
    const taken = consoleSchema.parse({ listen: `127.0.0.1:${port}` });
    const fault = await faultOf(openConsole(taken, facts, { now: () => NOW_MS }));
    expect(fault.code).to.equal('console_unavailable');
    expect(fault.message).to.include('EADDRINUSE');
  });
});
