import type { LoadedConfig } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import type { AppError } from '../../errors/app-error.ts';
import { sendDue } from '../../notify/send-due.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { isoInZone } from '../../time/run-day.ts';
import { type ConnectionStatus, statusOf } from '../connection-status.ts';
import { alertStates, type Trouble } from './alert-states.ts';
import { composeAlerts } from './compose-alerts.ts';

/**
 * Puts what has begun or is over about a connection into the outbox, each once, whoever looks and however often.
 * Answers what it saw.
 */
export async function settleAlerts(
  connection: LoadedConnection,
  trouble: Trouble | undefined,
  { config, tools }: { config: LoadedConfig; tools: RunTools },
): Promise<ConnectionStatus> {
  const nowMs = tools.clock.now();
  const status = await statusOf(connection, config, nowMs);
  const { notify } = connection.settings;
  if (!notify) return status;
  const at = isoInZone(nowMs, tools.zone);
  const { service } = await tools.ledger();
  await service.settle(connection.name, alertStates(status, trouble), (change) => ({
    messages: composeAlerts(connection, notify, { change, at }),
    nowMs,
  }));
  return status;
}

/** Sends what is due; answers why something did not arrive. It is tried again later. */
export async function sendAlerts(config: LoadedConfig, tools: RunTools): Promise<AppError[]> {
  const { clock, logger, env } = tools;
  const now = () => clock.now();
  const { service } = await tools.ledger();
  // A run whose connection tells nobody need not load what sends mail.
  const { openSenders } = await import('./open-senders.ts');
  return sendDue(service, openSenders(config, env, now), { now, logger });
}
