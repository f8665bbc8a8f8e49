import { editDistance } from '../likeness/distance.ts';
import { conceptOf } from './concepts.ts';
import { foldHeader } from './fold-header.ts';

const MOST_NAMES = 3;

/** The names that were most likely meant, the likeliest first: by their letters, or because they mean the same. */
export function nearestNames(written: string, known: readonly string[]): string[] {
  const wanted = foldHeader(written);
  const concept = conceptOf(written)?.name;
  return known
    .map((name) => ({
      name,
      far: farness(wanted, foldHeader(name)),
      isSame: conceptOf(name)?.name === concept,
    }))
    .map((one) => (concept !== undefined && one.isSame ? { ...one, far: Math.min(one.far, 0.2) } : one))
    .filter((one) => one.far <= 0.4)
    .sort((one, other) => one.far - other.far)
    .slice(0, MOST_NAMES)
    .map((one) => one.name);
}

/** Edits a letter: 0 for the same word. */
function farness(one: string, other: string): number {
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 1 : editDistance(one, other) / longer;
}
