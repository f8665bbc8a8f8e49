import { randomUUID } from 'node:crypto';
import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import type { Job } from '../../daemon/job.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { isoInZone } from '../../time/run-day.ts';
import type { Alert, Message } from '../../vocabulary/alert.ts';
import { type ConnectionStatus, statusOf } from '../connection-status.ts';
import { alertStates } from './alert-states.ts';

/** One job for each hour at which somebody wants the day in short; a digest that was missed is made good once. */
export function digestJobs(config: LoadedConfig, tools: RunTools): Job[] {
  const asked = [...config.connections.values()].filter(
    ({ settings }) => settings.enabled && settings.notify?.digest !== undefined,
  );
  const byHour = Map.groupBy(asked, ({ settings }) => settings.notify?.digest ?? '');
  return [...byHour].map(([hour, connections]) => {
    const [hours, minutes] = hour.split(':').map(Number);
    // No connection can have a name that begins with a dot.
    const name = `.digest ${hour}`;
    return {
      name,
      schedule: { cron: `${minutes} ${hours} * * *`, catch_up: true },
      zone: tools.zone,
      pollMs: 60_000,
      lookedUntil: async () => (await (await tools.ledger()).service.schedule(name)).lookedUntilMs,
      noteLooked: async (atMs) => (await tools.ledger()).service.noteLooked(name, atMs),
      async look() {
        const nowMs = tools.clock.now();
        const statuses: ConnectionStatus[] = [];
        for (const connection of connections) statuses.push(await statusOf(connection, config, nowMs));
        const { service } = await tools.ledger();
        await service.post(composeDigest(statuses, isoInZone(nowMs, tools.zone)), nowMs);
        await service.noteLooked(name, nowMs);
        return { kind: 'done' };
      },
    };
  });
}

/** One e-mail an address with all its connections; one call a webhook with its own. */
export function composeDigest(statuses: readonly ConnectionStatus[], at: string): Message[] {
  const addresses = new Set(statuses.flatMap(({ connection }) => connection.settings.notify?.email ?? []));
  const mails = [...addresses].map((address): Message => {
    const own = statuses.filter(({ connection }) => connection.settings.notify?.email?.includes(address));
    return messageOf('email', own, { to: [address], at });
  });
  const calls = statuses
    .filter(({ connection }) => connection.settings.notify?.webhook !== undefined)
    .map((status) => messageOf('webhook', [status], { to: [], at }));
  return [...mails, ...calls];
}

function messageOf(
  channel: Message['channel'],
  statuses: readonly ConnectionStatus[],
  { to, at }: { to: string[]; at: string },
): Message {
  const connection = statuses[0]?.connection.name ?? '';
  const alert: Alert = {
    kind: 'digest',
    connection: statuses.length === 1 ? connection : '',
    title: statuses.map((status) => titleOf(status.connection)).join(', '),
    environment: statuses[0]?.connection.settings.environment ?? '',
    at,
    sentence: statuses.map(describeDay).join('\n\n'),
    hint: '',
  };
  return { id: randomUUID(), connection, channel, to, alert };
}

function titleOf({ name, settings }: LoadedConnection): string {
  return settings.title ?? name;
}

function describeDay(status: ConnectionStatus): string {
  const { connection, last, nextDue } = status;
  const ran = last ? `Last run ${last.run.id}: ${last.run.outcome}.` : 'It has never run.';
  const totals = Object.entries(last?.totals ?? {}).map(
    ([file, { read, rejected, delivered }]) =>
      `${file}: ${read} rows read, ${rejected} rejected, ${delivered} delivered.`,
  );
  const states = alertStates(status, undefined).map(({ sentence }) => sentence);
  const attention = states.length === 0 ? ['Nothing waits for a person.'] : states;
  const next = nextDue === null ? [] : [`Next run: ${nextDue}.`];
  return [`${titleOf(connection)} (${connection.name})`, ran, ...totals, ...attention, ...next].join('\n');
}
