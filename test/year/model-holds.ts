/** Which nights must wait for a person, by the default limits of the contract. */
import type { ModelBooks } from './model-books.ts';
import type { KnownStudent, StudentsOutcome } from './model-students.ts';
import { STUDENT_TARGETS } from './year-settings.ts';

export interface HoldFacts {
  date: string;
  books: Readonly<Record<'students' | 'contacts', ModelBooks>>;
  /** Records that were last delivered and not removed; undefined before the first delivery. */
  last: Readonly<Record<'students' | 'contacts', number>> | undefined;
  bytes: Readonly<Record<'students' | 'contacts', number>>;
  lastBytes: Readonly<Record<'students' | 'contacts', number>> | undefined;
  known: ReadonlyMap<string, KnownStudent>;
  students: StudentsOutcome;
}

const FEWEST_OF_A_SCHOOL = 10;
const PERCENT = {
  max_rejected: 5,
  max_removed: 10,
  max_created: 25,
  max_updated: 50,
  max_size_change: 50,
} as const;

/** Names of what is breached, each with its file or school: `max_removed students`, `school_gone 104`, `other_ids`. */
export function whyHeld(facts: HoldFacts): string[] {
  const inRollover = facts.date.slice(5) >= '07-01' && facts.date.slice(5) <= '08-31';
  const breaches = (['students', 'contacts'] as const).flatMap((file) => breachesOf(file, facts, inRollover));
  if (facts.last === undefined) return breaches;
  return [...breaches, ...(inRollover ? [] : schoolsGone(facts)), ...otherIdentities(facts)];
}

function breachesOf(file: 'students' | 'contacts', facts: HoldFacts, inRollover: boolean): string[] {
  const { totals } = facts.books[file];
  const limits = inRollover ? { ...PERCENT, max_removed: 100, max_created: 100, max_updated: 100 } : PERCENT;
  const found: string[] = [];
  const ask = (name: keyof typeof PERCENT, part: number, whole: number | undefined) => {
    if (whole !== undefined && whole > 0 && part * 100 > limits[name] * whole) found.push(`${name} ${file}`);
  };
  if (totals.read < 1) found.push(`min_rows ${file}`);
  ask('max_rejected', totals.rejected, totals.read);
  const last = facts.last?.[file];
  ask('max_removed', totals.removed, last);
  ask('max_created', totals.created, last);
  const { updated, transferred, promoted, deactivated, reactivated } = totals;
  ask('max_updated', updated + transferred + promoted + deactivated + reactivated, last);
  const lastBytes = facts.lastBytes?.[file];
  ask('max_size_change', Math.abs(facts.bytes[file] - (lastBytes ?? 0)), lastBytes);
  return found;
}

/** Schools of which nobody is carried any more; while a whole district may go, so may a school. */
function schoolsGone({ known, students }: HoldFacts): string[] {
  const last = new Map<string, number>();
  for (const { school, deactivated } of known.values())
    if (!deactivated && school !== '') last.set(school, (last.get(school) ?? 0) + 1);
  const carried = new Set(students.carriedAt.values());
  return [...last].flatMap(([school, count]) =>
    count >= FEWEST_OF_A_SCHOOL && !carried.has(school) ? [`school_gone ${school}`] : [],
  );
}

const LAST = STUDENT_TARGETS.indexOf('last_name');
const FIRST = STUDENT_TARGETS.indexOf('first_name');
const BIRTH = STUDENT_TARGETS.indexOf('birth_date');
const FEW = 20;

/** People by name and birth date, before and after: the same people under other ids, or other people. */
function otherIdentities({ known, students }: HoldFacts): string[] {
  const before = idsByPerson([...known].filter(([, one]) => !one.deactivated));
  const carried = [...students.next].filter(([id]) => students.carriedAt.has(id));
  const after = idsByPerson(carried);
  const people = Math.min(before.size, after.size);
  if (people < FEW) return [];
  const same = [...after.keys()].filter((person) => before.has(person));
  const sameId = same.filter((person) => !before.get(person)?.isDisjointFrom(after.get(person) ?? new Set()));
  const knownIds = carried.filter(([id]) => known.has(id)).length;
  const areIdsKnown = knownIds >= 0.8 * carried.length;
  if (same.length >= 0.8 * people) {
    if (sameId.length <= 0.05 * same.length) return [areIdsKnown ? 'ids_reassigned' : 'other_ids'];
    return areIdsKnown && sameId.length <= 0.9 * same.length ? ['ids_reassigned'] : [];
  }
  return same.length <= 0.05 * people && !areIdsKnown ? ['other_people'] : [];
}

function idsByPerson(students: Iterable<[string, KnownStudent]>): Map<string, Set<string>> {
  const people = new Map<string, Set<string>>();
  for (const [id, { values }] of students) {
    const person = [values[LAST], values[FIRST], values[BIRTH]].join('|').toLowerCase();
    people.set(person, (people.get(person) ?? new Set()).add(id));
  }
  return people;
}
