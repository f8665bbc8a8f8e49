/** The other thread of `threaded-draft.ts`: writes one draft. */
import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { openSpanFile } from '../files/append-file.ts';
import { packFault } from '../threads/thread-fault.ts';
import { openDraft } from './draft.ts';
import {
  ANEW,
  type DraftAnswer,
  type DraftMessage,
  type DraftOpening,
  type DraftPieces,
  FINISH,
} from './threaded-draft.ts';

const answer = (message: DraftAnswer) => parentPort?.postMessage(message);
const messages = openMessages();

try {
  await write(await messages.opening);
} catch (thrown) {
  answer(packFault(thrown));
}

async function write({ path, over, bytesToDrop }: DraftOpening): Promise<void> {
  const lines = openSpanFile(over);
  const draft = await openDraft(path, bytesToDrop, lines);
  const put = ({ spans, texts }: DraftPieces) => {
    let taken = 0;
    for (let at = 0; at < spans.length; at += 2) {
      const [offset = 0, length = 0] = [spans[at], spans[at + 1]];
      if (offset === ANEW) {
        draft.append(Buffer.from(texts.buffer, taken, length));
        taken += length;
      } else draft.copy(lines, { offset, length });
    }
  };
  for (;;) {
    const told = await messages.next();
    if (told === FINISH) break;
    put(told);
    answer({ kind: 'written', bytes: told.texts.length });
    await draft.pause();
  }
  const digest = await draft.finish();
  await draft.close();
  answer({ kind: 'finished', digest });
}

/** In their order, none of them missed while another one is worked on. */
function openMessages() {
  const { promise: opening, resolve: begin } = Promise.withResolvers<DraftOpening>();
  const waiting: (DraftPieces | typeof FINISH)[] = [];
  const port = parentPort;
  port?.on('message', (told: DraftMessage) => {
    if (told !== FINISH && 'over' in told) begin(told);
    else waiting.push(told);
  });
  return {
    opening,
    async next(): Promise<DraftPieces | typeof FINISH> {
      for (;;) {
        const told = waiting.shift();
        if (told !== undefined) return told;
        if (port) await once(port, 'message');
      }
    },
  };
}
