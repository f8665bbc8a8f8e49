/** A record that would update a student of the other side. */
export interface Claim {
  recordId: string;
  studentId: string;
}

/**
 * The records that would update a student whom another record of the drop would update too: two children
 * would become one. All of them wait for a person, whichever came first.
 */
export function findDoubleClaims(claims: Iterable<Claim>): Set<string> {
  const claimants = new Map<string, Set<string>>();
  for (const { recordId, studentId } of claims) {
    const known = claimants.get(studentId);
    if (known) known.add(recordId);
    else claimants.set(studentId, new Set([recordId]));
  }
  return new Set(
    [...claimants.values()].filter((records) => records.size > 1).flatMap((records) => [...records]),
  );
}

export const DOUBLE_CLAIM =
  'Two records of this drop would update the same student of the other side; a person decides which.';
