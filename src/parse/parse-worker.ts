/** The other thread: reads a file and answers each batch that the corridor asks for with rows. */
import { parentPort, workerData } from 'node:worker_threads';
import { AppError } from '../errors/app-error.ts';
import type { Notice } from '../vocabulary/run.ts';
import { decodedChunks } from './decode.ts';
import { type PackedRows, packRows } from './packed-rows.ts';
import { readRows } from './read-rows.ts';
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
  const rows = readRows(decodedChunks(path, context.bytes, context.read.skip_lines), { ...context, notices });
  try {
    for await (const batch of rows) {
      await nextAsked();
      answer({ kind: 'rows', packed: packRows(batch) });
    }
    answer({ kind: 'end', notices });
  } catch (thrown) {
    answer(faultOf(thrown));
  }
}

function faultOf(thrown: unknown): ParseAnswer {
  if (!(thrown instanceof AppError))
    return { kind: 'defect', message: thrown instanceof Error ? thrown.message : String(thrown) };
  const { code, message, hint, place } = thrown;
  return { kind: 'fault', code, message, hint, place };
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
