import { randomUUID } from 'node:crypto';
import type { LoadedConnection } from '../../config/load-connection.ts';
import type { StateChange } from '../../ledger/service-memory.ts';
import type { NotifySettings } from '../../notify/schema.ts';
import type { Alert, AlertState, Message } from '../../vocabulary/alert.ts';

/** One message a channel for each state that began, and one when nothing is left of what was told. */
export function composeAlerts(
  connection: LoadedConnection,
  notify: NotifySettings,
  { change: { begun, over }, at }: { change: StateChange; at: string },
): Message[] {
  const told = begun.filter((state) => isAskedFor(notify, state.kind));
  const alerts = told.map((state) => ({ ...aboutOf(connection, at), ...shownOf(state) }));
  const isOver = notify.on.includes('recovered') && over.some((kind) => isAskedFor(notify, kind));
  const end: Alert[] = isOver
    ? [{ ...aboutOf(connection, at), kind: 'recovered', sentence: 'All that was told is over.', hint: '' }]
    : [];
  return [...alerts, ...end].flatMap((alert) => messagesOf(connection.name, notify, alert));
}

/** Whoever wants to know of failed runs wants to know of this one. */
function isAskedFor({ on }: NotifySettings, kind: string): boolean {
  return on.some((one) => one === kind) || (kind === 'out_of_balance' && on.includes('failed'));
}

export function messagesOf(connection: string, notify: NotifySettings, alert: Alert): Message[] {
  const about = { connection, alert };
  return [
    ...(notify.email ? [{ ...about, id: randomUUID(), channel: 'email' as const, to: notify.email }] : []),
    ...(notify.webhook ? [{ ...about, id: randomUUID(), channel: 'webhook' as const, to: [] }] : []),
  ];
}

function aboutOf({ name, settings }: LoadedConnection, at: string) {
  const { title = name, environment } = settings;
  return { connection: name, title, environment, at };
}

function shownOf({ kind, run, sentence, hint }: AlertState) {
  return { kind, sentence, hint, ...(run === undefined ? {} : { run }) };
}
