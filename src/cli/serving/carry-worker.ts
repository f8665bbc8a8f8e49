/** The other thread of `carry-thread.ts`. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { asAppError } from '../../errors/app-error.ts';
import { type LogLevel, openLogger } from '../../log/logger.ts';
import { carryByName } from '../../run/carry-in-turn.ts';
import { systemClock } from '../../time/clock.ts';
import { openTools } from '../open-tools.ts';
import { type CarryAnswer, type CarryTask, digestOf, STOP } from './carry-thread.ts';

const { level }: { level: LogLevel } = workerData;
const stopping = new AbortController();
const STDERR = 2;
// The stream of a thread goes through the other one, and loses lines where that ends first.
const logger = openLogger(level, { write: (line) => writeSync(STDERR, line) });

parentPort?.on('message', async (asked: CarryTask | typeof STOP) => {
  if (asked === STOP) stopping.abort(new Error('stopped'));
  else parentPort?.postMessage(await answer(asked));
});

async function answer(task: CarryTask): Promise<CarryAnswer> {
  try {
    const config = await loadUnchanged(task);
    const connection = config?.connections.get(task.connection.name);
    if (!config || !connection) return { kind: 'changed' };
    await using closing = new AsyncDisposableStack();
    const context = { clock: systemClock, logger, signal: stopping.signal, closing, env: process.env };
    return {
      kind: 'carried',
      carried: await carryByName(connection, task.run, openTools(context, config)),
    };
  } catch (thrown) {
    const { code, message, hint, place, context } = asAppError(thrown);
    return { kind: 'failed', code, message, details: { hint, context, ...(place && { place }) } };
  }
}

/** Nothing where the files say something else than what the service took over, or nothing that is right. */
async function loadUnchanged({ config, connection, digest }: CarryTask): Promise<LoadedConfig | undefined> {
  try {
    const loaded = await loadConfig(config.path, config.shown, connection);
    const own = loaded.connections.get(connection.name);
    return own && digestOf(own) === digest ? loaded : undefined;
  } catch {
    return undefined;
  }
}
