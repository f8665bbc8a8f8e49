import type { LoadedConfig } from '../../config/load-config.ts';
import type { ConnectionFacts, ConsoleFacts } from '../../console/facts.ts';
import { type Console, openConsole } from '../../console/open-console.ts';
import { asAppError } from '../../errors/app-error.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { whenShown } from '../../time/wall-time.ts';
import { type ConnectionStatus, readStatus } from '../connection-status.ts';
import { alertStates } from './alert-states.ts';
import type { AfterLook } from './daemon-job.ts';

export interface ConsoleSwitch {
  /** Listens as this configuration says, or not at all. An address that cannot be had is logged: students matter more. */
  follow(config: LoadedConfig): Promise<void>;
  afterLook: AfterLook;
  close(): Promise<void>;
}

export function openConsoleSwitch(tools: RunTools): ConsoleSwitch {
  const { clock, logger } = tools;
  const looks = new Map<string, number>();
  let open: { console: Console; settings: string } | undefined;
  let config: LoadedConfig | undefined;

  const facts: ConsoleFacts = {
    program: tools.program,
    runs: async (connection) => (await tools.ledger()).runs(connection),
    outbox: async () => (await tools.ledger()).service.waiting(),
    async connections() {
      if (!config) return [];
      const zone = config.settings.timezone;
      const statuses = await readStatus(config, clock.now());
      return statuses.map((status) => factsOf(status, zone, looks.get(status.connection.name)));
    },
  };

  async function close(): Promise<void> {
    await open?.console.close();
    open = undefined;
  }

  return {
    async follow(next) {
      config = next;
      const { console: wanted } = next.settings;
      const settings = JSON.stringify(wanted);
      if (open && open.settings === settings) return;
      await close();
      if (!wanted) return;
      try {
        open = { console: await openConsole(wanted, facts, clock), settings };
        logger.info({ listen: wanted.listen, port: open.console.port }, 'the console listens');
      } catch (thrown) {
        const { code, message, hint } = asAppError(thrown);
        logger.error({ code, message, hint }, 'there is no console; everything else goes on');
      }
    },
    afterLook: ({ connection }) => void looks.set(connection, clock.now()),
    close,
  };
}

function factsOf(status: ConnectionStatus, zone: string, lastLookMs: number | undefined): ConnectionFacts {
  const { connection, last, open, lateDay, nextDue } = status;
  const isHeld = open?.outcome === 'held' && last?.run.id === open.id;
  const by = connection.settings.expect?.by;
  return {
    name: connection.name,
    isEnabled: connection.settings.enabled,
    states: alertStates(status, undefined).map(({ kind }) => kind),
    lateSinceMs: lateDay === undefined || by === undefined ? undefined : instantOf(lateDay, by, zone),
    heldSinceMs: isHeld ? Date.parse(last.run.finished_at) : undefined,
    nextDueMs: nextDue === null ? undefined : Date.parse(nextDue),
    lastLookMs,
  };
}

function instantOf(date: string, hourAndMinute: string, zone: string): number {
  const [hour = 0, minute = 0] = hourAndMinute.split(':').map(Number);
  const shown = whenShown({ date, hour, minute, second: 0 }, zone);
  return shown.kind === 'never' ? shown.skippedToMs : shown.atMs;
}
