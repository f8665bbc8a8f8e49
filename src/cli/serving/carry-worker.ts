/** The other thread of `carry-thread.ts`. */
import { writeSync } from 'node:fs';
import { parentPort, workerData } from 'node:worker_threads';
import { type LoadedConfig, loadConfig } from '../../config/load-config.ts';
import { asAppError } from '../../errors/app-error.ts';
import { type LogLevel, openLogger } from '../../log/logger.ts';
import { carryByName } from '../../run/carry-in-turn.ts';
import type { RunTools } from '../../run/run-tools.ts';
import { systemClock } from '../../time/clock.ts';
import { openTools } from '../open-tools.ts';
import { type CarryAnswer, type CarryTask, digestOf, STOP } from './carry-thread.ts';

const { level }: { level: LogLevel } = workerData;
const stopping = new AbortController();
const closing = new AsyncDisposableStack();
const STDERR = 2;
/** One ledger for all runs of the thread: to open one is to look at each of its pages. */
let ledger: RunTools['ledger'] | undefined;
let atWork: Promise<unknown> = Promise.resolve();
// The stream of a thread goes through the other one, and loses lines where that ends first.
const logger = openLogger(level, { write: (line) => writeSync(STDERR, line) });

parentPort?.on('message', async (asked: CarryTask | typeof STOP) => {
  if (asked === STOP) return stop();
  const answering = answer(asked);
  atWork = answering;
  parentPort?.postMessage(await answering);
});

async function stop(): Promise<void> {
  stopping.abort(new Error('stopped'));
  await atWork;
  await closing.disposeAsync();
  parentPort?.close();
}

async function answer(task: CarryTask): Promise<CarryAnswer> {
  try {
    const config = await loadUnchanged(task);
    const connection = config?.connections.get(task.connection.name);
    if (!config || !connection) return { kind: 'changed' };
    const context = { clock: systemClock, logger, signal: stopping.signal, closing, env: process.env };
    const tools = openTools(context, config);
    ledger ??= tools.ledger;
    return { kind: 'carried', carried: await carryByName(connection, task.run, { ...tools, ledger }) };
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
