import { Presets, SingleBar } from 'cli-progress';
import type { CliContext } from './act.ts';

export interface ProgressBar extends Disposable {
  progress(rows: number, file: string): void;
}

/** Rows read so far, on a terminal; nothing in a pipe, with --quiet or with --json. */
export function openProgressBar({ stderr, quiet, json }: CliContext): ProgressBar {
  if (!stderr.isTTY || quiet || json) return { progress: () => undefined, [Symbol.dispose]: () => undefined };
  const options = {
    format: '{file}: {value} rows',
    // A process that is ended by a second signal must leave the terminal as it was.
    hideCursor: false,
    linewrap: true,
    clearOnComplete: true,
    stream: stderr,
    fps: 5,
  };
  const bar = new SingleBar(options, Presets.legacy);
  let isStarted = false;
  return {
    progress(rows, file) {
      if (!isStarted) bar.start(Number.MAX_SAFE_INTEGER, 0, { file });
      isStarted = true;
      bar.update(rows, { file });
    },
    [Symbol.dispose]: () => bar.stop(),
  };
}
