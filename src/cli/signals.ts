import { EXIT_BY_SIGNAL } from '../errors/catalogue.ts';
import type { Outside, StopSignal } from './outside.ts';

const SIGNALS: readonly StopSignal[] = ['SIGINT', 'SIGTERM'];

export interface StopSignals extends Disposable {
  signal: AbortSignal;
}

/**
 * Listens while a command works. The first signal ends the process, or where the command ends itself only aborts; the second
 * always ends it.
 */
export function listenForSignals(outside: Outside, endsItself: boolean): StopSignals {
  const controller = new AbortController();
  const onSignal = (name: NodeJS.Signals) => {
    if (!endsItself || controller.signal.aborted) outside.exit(EXIT_BY_SIGNAL);
    controller.abort(new Error(`stopped by ${name}`));
  };
  for (const name of SIGNALS) outside.on(name, onSignal);
  return {
    signal: controller.signal,
    [Symbol.dispose]() {
      for (const name of SIGNALS) outside.off(name, onSignal);
    },
  };
}
