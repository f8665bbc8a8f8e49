/** As many as the platform works on beside one another. */
const LANES = 4;

/**
 * What `work` answers of each item, in their order; some are at work at once, so that a disk is asked for more than one thing.
 * Throws a fault when nothing is at work any more, and begins with no other item after one.
 */
export async function inLanes<Item, Answer>(
  items: readonly Item[],
  work: (item: Item) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  const left = items.entries();
  let isBroken = false;
  const lane = async () => {
    for (const [at, item] of left) {
      if (isBroken) return;
      try {
        answers[at] = await work(item);
      } catch (fault) {
        isBroken = true;
        throw fault;
      }
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: LANES }, lane));
  for (const one of ended) if (one.status === 'rejected') throw one.reason;
  return answers;
}
