import { Worker } from 'node:worker_threads';
import { AppError } from '../errors/app-error.ts';
import { describeFault } from '../errors/describe-fault.ts';
import type { SourceRow } from '../vocabulary/row.ts';
import { unpackRows } from './packed-rows.ts';
import type { ParseAnswer, ParseTask } from './parse-worker.ts';
import type { RowContext } from './row-context.ts';

/** Batches on their way: enough that neither thread waits for the other, few enough to stay small. */
const IN_FLIGHT = 16;
/** Asked for together: waking the other thread costs half a millisecond. */
const ASKED_AT_ONCE = 8;
/** The young generation of the other thread; with the default it grows to several times this without being quicker. */
const YOUNG_MB = 16;
/** As TypeScript in a checkout, as JavaScript in the published package. */
const WORKER = new URL(`./parse-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url);

/** The same rows as `readRows` gives, parsed by another thread while this one judges and writes. */
export async function* rowsFromWorker(path: string, context: RowContext): AsyncGenerator<SourceRow[]> {
  const { notices, ...rest } = context;
  const task: ParseTask = { path, context: rest };
  const worker = new Worker(WORKER, {
    workerData: task,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });
  const answers = openAnswers(worker);
  try {
    worker.postMessage(IN_FLIGHT);
    for (let taken = 1; ; taken++) {
      const answer = await answers.next();
      if (answer.kind === 'end') {
        notices.push(...answer.notices);
        return;
      }
      if (answer.kind !== 'rows') throw asError(answer);
      if (taken % ASKED_AT_ONCE === 0) worker.postMessage(ASKED_AT_ONCE);
      yield unpackRows(answer.packed);
    }
  } finally {
    await worker.terminate();
  }
}

/** Answers in their order; also that the thread ended without one. */
function openAnswers(worker: Worker): { next(): Promise<ParseAnswer> } {
  const waiting: ParseAnswer[] = [];
  let wake: () => void = () => undefined;
  const take = (answer: ParseAnswer) => {
    waiting.push(answer);
    wake();
  };
  worker.on('message', take);
  worker.on('error', (error) => take({ kind: 'defect', message: describeFault(error) }));
  worker.on('exit', () => take({ kind: 'defect', message: 'the parsing thread ended early' }));
  return {
    async next() {
      for (;;) {
        const answer = waiting.shift();
        if (answer) return answer;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
  };
}

function asError(answer: Extract<ParseAnswer, { kind: 'fault' | 'defect' }>): AppError {
  if (answer.kind === 'defect') return new AppError('defect', `Parsing failed: ${answer.message}`);
  const { code, message, hint, place } = answer;
  return new AppError(code, message, { hint, ...(place ? { place } : {}) });
}
