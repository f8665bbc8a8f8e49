import { distance } from 'fastest-levenshtein';

/** The known name that a person most likely meant, or undefined where none is near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const wanted = plain(written);
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = editsBetween(wanted, plain(name));
    // Of a name of one or two letters every other one is a letter away.
    const allowed = Math.floor(Math.max(wanted.length, name.length) / 3);
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? completed(wanted, known);
}

/** Two letters that changed places are one slip: prot is port. */
function editsBetween(one: string, other: string): number {
  const isTwisted = one !== other && [...one].sort().join('') === [...other].sort().join('');
  return isTwisted ? Math.min(1, distance(one, other)) : distance(one, other);
}

const SHORTEST = 3;

/** prod is short for production, and monday long for mon; a beginning that several names share means none of them. */
function completed(wanted: string, known: readonly string[]): string | undefined {
  if (wanted.length < SHORTEST) return undefined;
  const [only, ...others] = known.filter((name) => {
    const short = plain(name);
    return short.startsWith(wanted) || (short.length >= SHORTEST && wanted.startsWith(short));
  });
  return others.length === 0 ? only : undefined;
}

/** What is said of an unknown name: the nearest known one, or all of them. */
export function hintAmong(written: string, known: readonly string[]): string {
  const near = nearestName(written, known);
  if (near !== undefined) return `Did you mean ${near}?`;
  return known.length === 0 ? 'Nothing may stand here.' : `Known here: ${known.join(', ')}.`;
}

/** birthDate, birth-date and Birth_Date are the same slip of birth_date. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, '');
}
