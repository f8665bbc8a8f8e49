import type { AskedRun, Carried, Lanes } from '../../run/run-tools.ts';

/** Where a run is carried, one at a time. */
export interface Lane {
  carry(asked: AskedRun, here: () => Promise<Carried>): Promise<Carried>;
}

export interface LaneSettings {
  /** Of the machine, as far as this process may use them. */
  cores: number;
  /** Aborted: whoever still waits is told so, and its run is finished by the next start. */
  signal: AbortSignal;
  /** Opens another thread; it is asked for when there is work for it. */
  openThread(): Lane;
}

/** From so many bytes on a drop is huge: some 250,000 students. */
const HUGE_BYTES = 64 * 1024 * 1024;

/** The thread that looks at the sources as well: it has no start to wait for, and a night of one district needs no other. */
const HERE: Lane = { carry: (_, here) => here() };

/**
 * As many runs at a time as there are cores, in the order in which they came. A huge one has a lane of its own, one at a time:
 * the small ones never wait for it.
 */
export function openRunLanes({ cores, signal, openThread }: LaneSettings): Lanes {
  const others = Array.from({ length: Math.max(0, cores - 1) }, openThread);
  const small = openTurns([HERE, ...others], signal);
  const huge = openTurns([cores > 1 ? openThread() : HERE], signal);
  return {
    async carry(asked, here) {
      const turns = asked.sizeBytes >= HUGE_BYTES ? huge : small;
      const lane = await turns.take();
      try {
        return await lane.carry(asked, here);
      } finally {
        turns.giveBack(lane);
      }
    },
  };
}

interface Turns {
  take(): Promise<Lane>;
  giveBack(lane: Lane): void;
}

function openTurns(lanes: readonly Lane[], signal: AbortSignal): Turns {
  const free = [...lanes];
  const waiting: { begin(lane: Lane): void; stop(why: unknown): void }[] = [];
  signal.addEventListener('abort', () => {
    for (const one of waiting.splice(0)) one.stop(signal.reason);
  });
  return {
    async take() {
      signal.throwIfAborted();
      const lane = free.shift();
      return lane ?? new Promise((begin, stop) => waiting.push({ begin, stop }));
    },
    giveBack(lane) {
      const next = waiting.shift();
      if (next) next.begin(lane);
      // The thread that needs no start stands in front.
      else if (lane === HERE) free.unshift(lane);
      else free.push(lane);
    },
  };
}
