/** From these shares on it is worth looking at everybody: below them no accident is meant. */
const MOST_ARE_OTHERS = 0.5;
const MANY_ARE_OTHERS = 0.05;

/** Whether so many students are new, or somebody else than last time, that their names are to be looked at. */
export function isSuspicious(
  lastCount: number,
  { carried, created, otherPersons }: { carried: number; created: number; otherPersons: number },
): boolean {
  if (lastCount === 0 || carried === 0) return false;
  return created >= MOST_ARE_OTHERS * carried || otherPersons >= MANY_ARE_OTHERS * carried;
}

/**
 * Whether it may come to that, told before records are compared: whoever is the very same as last time is neither. Others may
 * wait for a person in the end, and then are not carried.
 */
export function mayBeSuspicious(lastCount: number, carried: number, same: number): boolean {
  return lastCount > 0 && carried - same >= MANY_ARE_OTHERS * same;
}
