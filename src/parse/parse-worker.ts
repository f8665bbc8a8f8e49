/** The other thread: reads a file and answers each batch that the corridor asks for with rows. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors/app-error.ts';
import { describeFault } from '../errors/describe-fault.ts';
import type { Notice } from '../vocabulary/run.ts';
import { decodedChunks } from './decode.ts';
import type { PackedRows } from './packed-rows.ts';
import { readBatches } from './read-rows.ts';
import type { RowContext } from './row-context.ts';

export interface ParseTask {
  path: string;
  context: Omit<RowContext, 'notices'>;
}

export type ParseAnswer =
  | { kind: 'rows'; packed: PackedRows }
  | { kind: 'end'; notices: Notice[] }
  /** What an AppError is made of; errors themselves lose their class between threads. */
  | { kind: 'fault'; code: AppError['code']; message: string; hint: string; place: AppError['place'] }
  | { kind: 'defect'; message: string };

async function answerAll(task: ParseTask): Promise<void> {
  const notices: Notice[] = [];
  const { path, context } = task;
  const batches = readBatches(decodedChunks(path, context.bytes, context.read.skip_lines), {
    ...context,
    notices,
  });
  try {
    for await (const batch of batches) {
      await nextAsked();
      answerRows(batch.packed());
    }
    answer({ kind: 'end', notices });
  } catch (thrown) {
    answer(faultOf(thrown));
  }
}

function faultOf(thrown: unknown): ParseAnswer {
  if (!(thrown instanceof AppError)) return { kind: 'defect', message: describeFault(thrown) };
  const { code, message, hint, place } = thrown;
  return { kind: 'fault', code, message, hint, place };
}

/** Moved, not copied. */
function answerRows(packed: PackedRows): void {
  const { values, ends, lines } = packed;
  parentPort?.postMessage({ kind: 'rows', packed } satisfies ParseAnswer, [
    values.buffer,
    ends.buffer,
    lines.buffer,
  ]);
}

function answer(message: ParseAnswer): void {
  parentPort?.postMessage(message);
}

let asked = 0;
let wake: () => void = () => undefined;
parentPort?.on('message', (batches: number) => {
  asked += batches;
  wake();
});

/** So many batches may be on their way as were asked for: memory stays flat however slow the corridor is. */
async function nextAsked(): Promise<void> {
  while (asked === 0) {
    await new Promise<void>((resolve) => {
      wake = resolve;
    });
  }
  asked--;
}

const task: ParseTask = workerData;
await answerAll(task);
parentPort?.close();
