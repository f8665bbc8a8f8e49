import type { LoadedConfig } from '../../config/load-config.ts';
import { asAppError } from '../../errors/app-error.ts';
import type { RunTools } from '../../run/run-tools.ts';
import type { AlertState } from '../../vocabulary/alert.ts';
import type { ConnectionStatus } from '../connection-status.ts';
import { alertStates, type Trouble } from './alert-states.ts';
import { type AfterLook, isFinalTrouble } from './daemon-job.ts';
import { sendAlerts, settleAlerts } from './tell-alerts.ts';

export interface AlertWatch {
  follow(config: LoadedConfig, tools: RunTools): void;
  afterLook: AfterLook;
  /** What is known of each connection, looked at now. */
  look(): Promise<ConnectionStatus[]>;
  /** Looks every minute, and soon after a run; fulfilled when the signal is aborted. */
  ended(): Promise<void>;
}

const EVERY_MS = 60_000;
/** By then each connection was looked at that is looked at often, or that owes a look. */
const FIRST_LOOK_MS = 5 * 60_000;
/** A host that restarts is no news; one that stays away is. */
const LASTING_MS = 10 * 60_000;

/** Watches what people asked to be told about, and tells them. */
export function openAlertWatch(first: LoadedConfig, firstTools: RunTools): AlertWatch {
  let config = first;
  let tools = firstTools;
  const troubles = new Map<string, Trouble | undefined>();
  const logDrop = openDropLog();
  let nap = new AbortController();
  const begunMs = tools.clock.now();

  function afterLook({ connection, trouble, hasRun }: Parameters<AfterLook>[0]): void {
    const before = troubles.get(connection);
    const isNew = before?.error.code !== trouble?.code || !troubles.has(connection);
    const sinceMs = before && !isNew ? before.sinceMs : tools.clock.now();
    troubles.set(connection, trouble && { error: trouble, sinceMs });
    if (hasRun || isNew) nap.abort();
  }

  async function look(): Promise<ConnectionStatus[]> {
    const enabled = [...config.connections.values()].filter(({ settings }) => settings.enabled);
    // Before its first look nothing is known of a connection, and what was told of it is not over.
    const isFresh = tools.clock.now() - begunMs < FIRST_LOOK_MS;
    const found: ConnectionStatus[] = [];
    for (const connection of enabled) {
      if (isFresh && !troubles.has(connection.name)) continue;
      const trouble = troubles.get(connection.name);
      const isTold =
        trouble && (isFinalTrouble(trouble.error) || tools.clock.now() - trouble.sinceMs >= LASTING_MS);
      const status = await settleAlerts(connection, isTold ? trouble : undefined, { config, tools });
      logDrop(status, tools);
      found.push(status);
    }
    return found;
  }

  async function watch(): Promise<void> {
    const { signal, clock } = tools;
    while (!signal.aborted) {
      nap = new AbortController();
      try {
        await look();
        await sendAlerts(config, tools);
      } catch (thrown) {
        const { code, message } = asAppError(thrown);
        tools.logger.error({ code, message }, 'alerts could not be looked after');
      }
      await clock.sleep(EVERY_MS, AbortSignal.any([signal, nap.signal])).catch(() => undefined);
    }
  }

  return {
    follow(next, nextTools) {
      [config, tools] = [next, nextTools];
      nap.abort();
    },
    afterLook,
    look,
    ended: watch,
  };
}

const LOGGED: Partial<Record<AlertState['kind'], string>> = {
  late: 'a drop is late',
  stale: 'a drop is stale',
  unanswered: 'a delivery is unanswered',
};

/** Late and stale drops, and deliveries without an answer, each once; runs that are held or failed are in the log already. */
function openDropLog(): (status: ConnectionStatus, tools: Pick<RunTools, 'logger'>) => void {
  /** Of each connection and kind, what was said last. */
  const said = new Map<string, string>();
  return (status, { logger }) => {
    const { name } = status.connection;
    for (const { kind, subject, sentence, hint } of alertStates(status, undefined)) {
      const isKnown = said.get(`${name} ${kind}`) === subject;
      const told = LOGGED[kind];
      if (told === undefined || isKnown) continue;
      said.set(`${name} ${kind}`, subject);
      logger.warn({ connection: name, kind, message: sentence, hint }, told);
    }
  };
}
