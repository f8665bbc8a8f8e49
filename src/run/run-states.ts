/**
 * Run: the corridor. It alone calls the rooms.
 *
 * in:       a connection, and a drop or the folder of a run that was interrupted
 * out:      a report, a delivered and sealed run, or one that waits for a person
 * promises: every step is safe to repeat from the run's folder; the source is cleared only after the seal
 * never:    computes what a room should
 */

/** How far an open run has come. What a restart does from each state is its `next`. */
export const RUN_STATES = {
  claimed: { next: 'draft again', to: ['drafted', 'failed'] },
  drafted: { next: 'draft again: nothing has left the house', to: ['held', 'released', 'failed'] },
  held: { next: 'wait for a person', to: ['claimed', 'released', 'cancelled'] },
  released: {
    next: 'deliver: no file that is left has its final name',
    to: ['staged', 'delivered', 'failed'],
  },
  staged: {
    next: 'ask the destination what it has, publish the rest',
    to: ['delivered', 'held', 'released', 'failed'],
  },
  delivered: { next: 'report and seal', to: ['sealed'] },
  failed: { next: 'seal', to: ['sealed'] },
  cancelled: { next: 'seal', to: ['sealed'] },
  sealed: { next: 'clear the source', to: [] },
} as const satisfies Record<string, { next: string; to: readonly string[] }>;

export type RunState = keyof typeof RUN_STATES;

/** Throws where a run would jump: that is a defect, and better seen at once than in an archive. */
export function assertMove(from: RunState, to: RunState): void {
  const allowed: readonly string[] = RUN_STATES[from].to;
  if (!allowed.includes(to)) throw new RangeError(`A run cannot go from ${from} to ${to}`);
}
