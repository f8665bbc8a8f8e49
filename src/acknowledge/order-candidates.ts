/** A delivery that a result file may answer. */
export interface CandidateRun {
  id: string;
  /** Names of its outbound files. */
  files: readonly string[];
  /** Milliseconds since 1970. */
  deliveredMs: number;
  isAnswered: boolean;
}

export interface ReceivedResult {
  name: string;
  /** When its writer says that it was written; clocks of hosts may differ. */
  modifiedMs: number;
  /** The run that the very same bytes answered before. */
  answeredBefore: string | undefined;
}

/**
 * The deliveries that a result file may answer, the likeliest first: one that its name names, then those that were delivered
 * before it was written and have no answer yet, then others without an answer, then those that have one; of several the last.
 * The same bytes again answer only what was delivered since, and only where they were written after that.
 * @param runs deliveries, the last one first
 */
export function orderCandidates<Run extends CandidateRun>(
  result: ReceivedResult,
  runs: readonly Run[],
): Run[] {
  const before = runs.find(({ id }) => id === result.answeredBefore);
  const isInTime = (run: Run) => run.deliveredMs <= result.modifiedMs;
  if (result.answeredBefore !== undefined)
    return runs.filter(
      (run) => !run.isAnswered && isInTime(run) && run.deliveredMs > (before?.deliveredMs ?? 0),
    );
  const standing = (run: Run) => (run.isAnswered ? 2 : isInTime(run) ? 0 : 1);
  const order = (run: Run) => standing(run) + (isNamed(result.name, run) ? 0 : 3);
  return runs.toSorted((one, other) => order(one) - order(other));
}

/** By the id of the run, or by an outbound file whose name has the day or a number in it. */
function isNamed(name: string, { id, files }: CandidateRun): boolean {
  return name.includes(id) || files.map(stemOf).some((stem) => /\d/.test(stem) && name.includes(stem));
}

function stemOf(file: string): string {
  return file.replace(/\.[^.]*$/, '');
}
