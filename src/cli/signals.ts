import { EXIT_BY_SIGNAL } from '../errors/catalogue.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

export interface StopSignals extends Disposable {
  signal: AbortSignal;
}

/**
 * Listens while a command works. The first signal ends the process, or where the command ends itself only aborts; the second
 * always ends it.
 */
export function listenForSignals(endsItself: boolean): StopSignals {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (!endsItself || controller.signal.aborted) process.exit(EXIT_BY_SIGNAL);
    controller.abort(new Error(`stopped by ${name}`));
  };
  for (const name of SIGNALS) process.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) process.off(name, onSignal);
    },
  };
}
