import type { LoadedConfig } from '../../config/load-config.ts';
import { AppError, AppErrors, asAppError, describePlace } from '../../errors/app-error.ts';
import type { CliContext } from '../act.ts';
import { loadForCommand } from '../load-for-command.ts';
import { enabledOf, type Service } from './open-service.ts';

/** SIGHUP, counted from the moment at which it is opened, so that none comes too early. */
export interface ReloadSignals extends Disposable {
  /** Fulfilled at the next one, or where one came since the last time; answers false when the command is to end. */
  next(): Promise<boolean>;
}

export function listenForReloads(signal: AbortSignal): ReloadSignals {
  let isAsked = false;
  let wake: () => void = () => undefined;
  const onSignal = () => {
    isAsked = true;
    wake();
  };
  const onAbort = () => wake();
  process.on('SIGHUP', onSignal);
  signal.addEventListener('abort', onAbort);
  return {
    async next() {
      while (!isAsked && !signal.aborted)
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      isAsked = false;
      return !signal.aborted;
    },
    [Symbol.dispose]() {
      process.off('SIGHUP', onSignal);
      signal.removeEventListener('abort', onAbort);
    },
  };
}

/** Reads the configuration anew at each SIGHUP. One that is not right changes nothing, and the log says why. */
export async function followReloads(
  context: CliContext,
  { service, reloads, first }: { service: Service; reloads: ReloadSignals; first: LoadedConfig },
): Promise<void> {
  let config = first;
  while (await reloads.next()) {
    try {
      const next = await loadForCommand(context);
      refuseMoved(config, next);
      await service.follow(next);
      context.logger.info(changesOf(config, next), 'the configuration was read anew');
      config = next;
    } catch (thrown) {
      for (const fields of mistakesOf(thrown)) context.logger.error(fields, 'a mistake in the configuration');
      context.logger.error({}, 'the configuration is not taken over; the one before stays in force');
    }
  }
}

/** The lock and the memory of the daemon are there. */
function refuseMoved(before: LoadedConfig, { settings }: LoadedConfig): void {
  const { archive, ledger } = before.settings;
  if (archive.path === settings.archive.path && ledger.path === settings.ledger.path) return;
  throw new AppError(
    'config_invalid',
    'archive.path and ledger.path cannot change while the daemon is at work',
    {
      hint: 'Stop the daemon and start it again.',
    },
  );
}

function changesOf(before: LoadedConfig, after: LoadedConfig): object {
  const [old, now] = [before, after].map((config) => enabledOf(config).map(({ name }) => name));
  return {
    connections: now,
    added: now?.filter((name) => !old?.includes(name)),
    removed: old?.filter((name) => !now?.includes(name)),
  };
}

function mistakesOf(thrown: unknown): object[] {
  const errors = thrown instanceof AppErrors ? thrown.errors : [asAppError(thrown)];
  return errors.map(({ code, message, hint, place }) => {
    return { code, message, hint, ...(place ? { place: describePlace(place) } : {}) };
  });
}
