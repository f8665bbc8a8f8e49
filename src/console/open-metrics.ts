import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { AppliedRun } from '../ledger/ledger.ts';
import { ALERT_KINDS } from '../vocabulary/alert.ts';
import { CHANGES, VERDICTS } from '../vocabulary/verdict.ts';
import type { ConnectionFacts, ConsoleFacts } from './facts.ts';

export interface Metrics {
  /** Prometheus text of how things are now. Never a value of a student. */
  read(nowMs: number): Promise<string>;
  contentType: string;
}

/** Of records, beside what the comparison calls a change. */
const RECORDS = [...CHANGES, 'removed', 'carried_forward'] as const;
/** From a demo to a state-wide extract over a slow line. */
const SECONDS = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600];

/**
 * Counters are those of the ledger, so that a restart does not begin at nought, and what was run by hand counts as well.
 * Each scrape adds the runs that were sealed since the last one.
 */
export function openMetrics(facts: ConsoleFacts): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const runMetrics = openRunMetrics(registry);
  const gauges = openGauges(registry);
  gauges.build.set({ ...facts.program }, 1);
  /** The last run of each connection that is counted. */
  const counted = new Map<string, string>();
  let reading: Promise<unknown> = Promise.resolve();

  async function count(connection: string): Promise<void> {
    const until = counted.get(connection);
    const fresh: AppliedRun[] = [];
    for await (const run of await facts.runs(connection)) {
      if (run.id === until) break;
      fresh.push(run);
    }
    for (const run of fresh.reverse()) {
      runMetrics.add(run);
      counted.set(connection, run.id);
    }
  }

  async function readOnce(nowMs: number): Promise<string> {
    const connections = await facts.connections();
    for (const one of connections) {
      await count(one.name);
      gauges.show(one, nowMs);
    }
    const { count: waiting, oldestMs } = await facts.outbox();
    gauges.waiting.set(waiting);
    gauges.oldest.set(oldestMs === undefined ? 0 : (nowMs - oldestMs) / 1000);
    return registry.metrics();
  }

  return {
    contentType: registry.contentType,
    read(nowMs) {
      // Two scrapes at once would count a run twice.
      const turn = reading.then(() => readOnce(nowMs));
      reading = turn.catch(() => undefined);
      return turn;
    },
  };
}

function openRunMetrics(registry: Registry) {
  const registers = [registry];
  const counter = <const Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Counter({ name: `rosterferry_${name}`, help, labelNames, registers });
  const runs = counter('runs_total', 'Sealed runs by outcome.', ['connection', 'outcome']);
  const rows = counter('rows_total', 'Rows read, each by its one verdict.', [
    'connection',
    'file',
    'verdict',
  ]);
  const records = counter('records_total', 'Records by what changed.', ['connection', 'file', 'change']);
  const delivered = counter('delivered_rows_total', 'Rows of delivered files.', ['connection', 'file']);
  const seconds = new Histogram({
    name: 'rosterferry_delivery_seconds',
    help: 'From the moment a drop was taken until it was delivered, waiting for people included.',
    labelNames: ['connection'] as const,
    buckets: SECONDS,
    registers,
  });
  const gauge = (name: string, help: string) =>
    new Gauge({ name: `rosterferry_${name}`, help, labelNames: ['connection'] as const, registers });
  const lastRun = gauge('last_run_timestamp_seconds', 'When the last sealed run ended.');
  const lastSuccess = gauge('last_success_timestamp_seconds', 'When a run last ended well.');

  return {
    add({ connection, outcome, startedAt, finishedAt, totals }: AppliedRun): void {
      // A destruction is a link of the chain as well, and no run.
      if (outcome === 'purged' || outcome === 'acknowledged') return;
      runs.inc({ connection, outcome });
      const endedMs = Date.parse(finishedAt);
      lastRun.set({ connection }, endedMs / 1000);
      if (outcome === 'delivered' || outcome === 'nothing_to_deliver')
        lastSuccess.set({ connection }, endedMs / 1000);
      if (outcome === 'delivered') seconds.observe({ connection }, (endedMs - Date.parse(startedAt)) / 1000);
      for (const [file, one] of Object.entries(totals)) {
        for (const verdict of VERDICTS) rows.inc({ connection, file, verdict }, one[verdict]);
        for (const change of RECORDS) records.inc({ connection, file, change }, one[change]);
        delivered.inc({ connection, file }, one.delivered);
      }
    },
  };
}

function openGauges(registry: Registry) {
  const registers = [registry];
  const gauge = <const Name extends string>(name: string, help: string, labelNames: readonly Name[]) =>
    new Gauge({ name: `rosterferry_${name}`, help, labelNames, registers });
  const enabled = gauge('connection_enabled', '1 where the daemon serves it.', ['connection']);
  const late = gauge('lateness_seconds', 'How long a drop is owed; 0 where none is.', ['connection']);
  const held = gauge('held_age_seconds', 'How long a run waits for a person; 0 where none does.', [
    'connection',
  ]);
  const alert = gauge('alert', '1 while it lasts.', ['connection', 'kind']);
  const next = gauge('next_due_timestamp_seconds', 'The next time of a cron schedule.', ['connection']);
  const look = gauge('last_look_timestamp_seconds', 'When the source was last looked at.', ['connection']);
  const ageOf = (sinceMs: number | undefined, nowMs: number) =>
    sinceMs === undefined ? 0 : Math.max(0, (nowMs - sinceMs) / 1000);
  return {
    build: gauge('build_info', 'The program.', ['version', 'node']),
    waiting: gauge('messages_waiting', 'E-mails and webhook calls that have not arrived.', []),
    oldest: gauge('messages_oldest_age_seconds', 'How long the oldest of them waits.', []),
    show(one: ConnectionFacts, nowMs: number): void {
      const connection = one.name;
      enabled.set({ connection }, Number(one.isEnabled));
      late.set({ connection }, ageOf(one.lateSinceMs, nowMs));
      held.set({ connection }, ageOf(one.heldSinceMs, nowMs));
      for (const kind of ALERT_KINDS)
        if (kind !== 'recovered') alert.set({ connection, kind }, Number(one.states.includes(kind)));
      if (one.nextDueMs !== undefined) next.set({ connection }, one.nextDueMs / 1000);
      if (one.lastLookMs !== undefined) look.set({ connection }, one.lastLookMs / 1000);
    },
  };
}
