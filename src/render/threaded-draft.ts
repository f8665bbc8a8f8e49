import { Worker } from 'node:worker_threads';
import type { AppendFile } from '../files/append-file.ts';
import { listenTo } from '../threads/listen-to.ts';
import { type ThreadFault, unpackFault } from '../threads/thread-fault.ts';
import { workerModule } from '../threads/worker-module.ts';
import type { Draft, FinishedDraft } from './draft.ts';

/** What the thread is told first. */
export interface DraftOpening {
  path: string;
  /** The lines that are copied, and in whose place the file is made. */
  over: string;
  bytesToDrop: number;
}

/** Pieces of the file in their order. */
export interface DraftPieces {
  /** Offset and length, again and again: of the drafted lines; or of the next of `texts`, where the offset is ANEW. */
  spans: Float64Array<ArrayBuffer>;
  texts: Uint8Array<ArrayBuffer>;
}

export type DraftAnswer =
  | { kind: 'written'; bytes: number }
  | { kind: 'finished'; digest: FinishedDraft }
  | ThreadFault;

export const ANEW = -1;
/** Said behind the last pieces. */
export const FINISH = 'finish';
export type DraftMessage = DraftOpening | DraftPieces | typeof FINISH;

/** Handed over together: to wake the other thread costs more than some pieces. */
const MOST_PIECES = 512;
const MOST_TEXT_BYTES = 1 << 18;
const MOST_COPIED_BYTES = 4 << 20;
/** New text that waits in the other thread. */
const MOST_WAITING_BYTES = 8 << 20;
const WORKER = workerModule('render/threaded-draft-worker');

/** A thread that writes one draft, once it is told which; until then it loads its modules. */
export interface DraftWriter {
  /**
   * The same as `openDraft` in the place of `over`, with reading, hashing and writing done by the other thread. It is told where the
   * bytes stand, so that this one is free for what they are about.
   */
  open(path: string, bytesToDrop: number, over: AppendFile): Draft;
  /** Whether or not it wrote. May be called twice. */
  end(): Promise<void>;
}

export function openDraftWriter(): DraftWriter {
  const worker = new Worker(WORKER);
  const answers = openAnswers(worker);
  const end = async () => void (await worker.terminate());
  return {
    end,
    open(path, bytesToDrop, over) {
      over.flush();
      const say = (message: DraftMessage) => worker.postMessage(message);
      say({ path, over: over.path, bytesToDrop });
      const batch = openBatch();
      const send = () => {
        const pieces = batch.take();
        answers.expect(pieces.texts.length);
        worker.postMessage(pieces, [pieces.spans.buffer, pieces.texts.buffer]);
      };
      const add = (offset: number, length: number, text?: Buffer) => {
        if (length > 0 && batch.add(offset, length, text)) send();
      };
      return {
        append: (bytes) => add(ANEW, bytes.length, bytes),
        copy: (_from, { offset, length }) => add(offset, length),
        pause: answers.pause,
        async finish() {
          send();
          say(FINISH);
          return answers.finished;
        },
        close: end,
      };
    },
  };
}

/** Pieces that are handed over together; `add` answers whether they are enough. */
function openBatch() {
  let spans: number[] = [];
  let texts: Buffer[] = [];
  let textBytes = 0;
  let copiedBytes = 0;
  return {
    add(offset: number, length: number, text?: Buffer): boolean {
      spans.push(offset, length);
      // The caller may fill its buffer again.
      if (text) texts.push(Buffer.from(text));
      if (text) textBytes += length;
      else copiedBytes += length;
      const isMany = spans.length >= 2 * MOST_PIECES;
      return isMany || textBytes >= MOST_TEXT_BYTES || copiedBytes >= MOST_COPIED_BYTES;
    },
    take(): DraftPieces {
      const joined = new Uint8Array(textBytes);
      let at = 0;
      for (const text of texts) {
        joined.set(text, at);
        at += text.length;
      }
      const pieces = { spans: Float64Array.from(spans), texts: joined };
      [spans, texts, textBytes, copiedBytes] = [[], [], 0, 0];
      return pieces;
    },
  };
}

/** What the thread answers, and that it ended without an answer. */
function openAnswers(worker: Worker) {
  const { promise: finished, resolve, reject } = Promise.withResolvers<FinishedDraft>();
  // Who hands over or finishes hears of it.
  finished.catch(() => undefined);
  let caughtUp = Promise.withResolvers<void>();
  let waitingBytes = 0;
  let fault: ThreadFault | undefined;

  function take(answer: DraftAnswer): void {
    if (answer.kind === 'finished') resolve(answer.digest);
    else if (answer.kind === 'written') waitingBytes -= answer.bytes;
    else {
      fault ??= answer;
      reject(unpackFault(fault, 'Writing'));
    }
    if (!fault && waitingBytes > MOST_WAITING_BYTES) return;
    caughtUp.resolve();
    caughtUp = Promise.withResolvers();
  }

  listenTo(worker, take);
  return {
    finished,
    /** Throws what befell the thread. @param bytes that wait there from now on */
    expect(bytes: number): void {
      if (fault) throw unpackFault(fault, 'Writing');
      waitingBytes += bytes;
    },
    pause: () => (!fault && waitingBytes > MOST_WAITING_BYTES ? caughtUp.promise : undefined),
  };
}
