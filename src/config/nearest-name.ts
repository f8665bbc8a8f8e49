import { distance } from 'fastest-levenshtein';

/** The known name that a person most likely meant, or undefined where none is near. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const wanted = plain(written);
  let best: { name: string; edits: number } | undefined;
  for (const name of known) {
    const edits = distance(wanted, plain(name));
    // Of a name of one or two letters every other one is a letter away.
    const allowed = Math.floor(Math.max(wanted.length, name.length) / 3);
    if (edits <= allowed && (best === undefined || edits < best.edits)) best = { name, edits };
  }
  return best?.name ?? completed(wanted, known);
}

/** prod is short for production; a beginning that several names share means none of them. */
function completed(wanted: string, known: readonly string[]): string | undefined {
  const [only, ...others] = wanted.length < 3 ? [] : known.filter((name) => plain(name).startsWith(wanted));
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
