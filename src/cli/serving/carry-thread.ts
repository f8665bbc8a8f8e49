import { createHash } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { OneConnection } from '../../config/load-config.ts';
import type { LoadedConnection } from '../../config/load-connection.ts';
import { AppError, type ErrorDetails } from '../../errors/app-error.ts';
import type { ErrorCode } from '../../errors/catalogue.ts';
import type { LogLevel } from '../../log/logger.ts';
import type { Carried } from '../../run/run-tools.ts';
import { workerModule } from '../../threads/worker-module.ts';
import type { CliContext } from '../act.ts';
import type { Lane } from './run-lanes.ts';

/** What a thread is asked: one run, of a connection that it loads by itself. */
export interface CarryTask {
  run: string;
  config: { path: string; shown: string };
  connection: OneConnection;
  /** What the connection says, in short: where the files say something else by now, the thread does not carry the run. */
  digest: string;
}

export type CarryAnswer =
  | { kind: 'carried'; carried: Carried }
  | { kind: 'changed' }
  | { kind: 'failed'; code: ErrorCode; message: string; details: Omit<ErrorDetails, 'cause'> };

/** Said to a thread, beside tasks. */
export const STOP = 'stop';

export interface CarryThreadOptions {
  context: Pick<CliContext, 'pathOf' | 'configPath' | 'signal'>;
  level: LogLevel;
}

/**
 * In megabytes. A thread begins with one of them and grows hardly at all: it cleared its young objects ten times as often as the
 * first thread, which took a quarter of its time.
 */
const YOUNG_FLAG = '--min-semi-space-size=16';
const YOUNG_MB = 64;
const WORKER = workerModule('cli/serving/carry-worker');

/** A thread that carries runs, one at a time. It is started by its first run, and keeps nobody from ending. */
export function openCarryThread({ context, level }: CarryThreadOptions): Lane {
  const { signal, configPath, pathOf } = context;
  let thread: Worker | undefined;
  signal.addEventListener('abort', () => thread?.postMessage(STOP));

  function start(): Worker {
    setFlagsFromString(YOUNG_FLAG);
    const made = new Worker(WORKER, {
      workerData: { level },
      resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
    });
    made.once('exit', () => {
      if (thread === made) thread = undefined;
    });
    return made;
  }

  return {
    async carry({ run, connection }, here) {
      thread ??= start();
      const answer = await ask(thread, {
        run,
        config: { path: pathOf(configPath), shown: configPath },
        connection: { name: connection.name, shown: connection.placeOf([]).file },
        digest: digestOf(connection),
      });
      if (answer.kind === 'carried') return answer.carried;
      if (answer.kind === 'changed') return here();
      throw new AppError(answer.code, answer.message, answer.details);
    },
  };
}

/** Fails where the thread ends in the middle: the run is open then, and the next look finishes it. */
function ask(thread: Worker, task: CarryTask): Promise<CarryAnswer> {
  const { promise, resolve, reject } = Promise.withResolvers<CarryAnswer>();
  const onExit = () => reject(new AppError('defect', 'The thread of the run ended'));
  thread.ref();
  thread.once('message', resolve).once('error', reject).once('exit', onExit);
  thread.postMessage(task);
  return promise.finally(() => {
    thread.off('message', resolve).off('error', reject).off('exit', onExit);
    thread.unref();
  });
}

/** Of all that a run is carried by. */
export function digestOf({ settings, stateRule, files }: LoadedConnection): string {
  const read = [...files].map(([name, file]) => {
    const tables = [...file.codeTables].map(([field, table]) => [field, [...table]]);
    return [name, file.mappingText(), file.settings, tables];
  });
  return createHash('sha256')
    .update(JSON.stringify([settings, stateRule, read]))
    .digest('hex');
}
