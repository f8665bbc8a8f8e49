/** What is wrong with a student's row, and what happens to a student between the two nights. */
import { PURPOSE, roll, slotOf } from './dice.ts';
import type { DistrictPlan } from './district.ts';

export const FLAWS = [
  'none',
  'short_row',
  'long_row',
  'blank_id',
  'unknown_status',
  'blank_status',
  'impossible_birth_date',
  'blank_birth_date',
  'unknown_gender',
  'exact_duplicate',
  'conflicting_duplicate',
] as const;
export type Flaw = (typeof FLAWS)[number];

export type Event =
  | 'none'
  | 'gone'
  | 'transferred'
  | 'promoted'
  | 'deactivated'
  | 'new_phone'
  /** Sound on night 0, broken on night 1. */
  | 'breaks'
  /** Broken on night 0, sound on night 1. */
  | 'mended';

/** How many students of a thousand; each has at most one flaw, so that each broken row has exactly one reason. */
const FLAWS_OF_A_THOUSAND: readonly (readonly [Flaw, number])[] = [
  ['short_row', 1],
  ['long_row', 1],
  ['blank_id', 1],
  ['unknown_status', 1],
  ['blank_status', 1],
  ['impossible_birth_date', 1],
  ['blank_birth_date', 1],
  ['unknown_gender', 1],
  ['exact_duplicate', 2],
  ['conflicting_duplicate', 1],
];
const EVENTS_OF_A_THOUSAND: readonly (readonly [Event, number])[] = [
  ['gone', 9],
  ['transferred', 6],
  ['promoted', 6],
  ['deactivated', 8],
  ['new_phone', 10],
  ['breaks', 3],
  ['mended', 1],
];
const FLAW_OF_SLOT = spread(FLAWS_OF_A_THOUSAND, 'none');
const EVENT_OF_SLOT = spread(EVENTS_OF_A_THOUSAND, 'none');

/** What breaks only on night 1. Not a lost id or a wrong number of fields: those rows say of nobody for sure. */
const BREAKAGES: readonly Flaw[] = ['unknown_status', 'impossible_birth_date', 'conflicting_duplicate'];

/** These need an active student: of any other one could not say which rule leaves the row out. */
const ONLY_ACTIVE: ReadonlySet<Flaw> = new Set([
  'unknown_gender',
  'exact_duplicate',
  'conflicting_duplicate',
]);

export interface Fate {
  flaw: Flaw;
  event: Event;
  /** Whatever the dice say of the status. */
  mustBeActive: boolean;
}

const UNEVENTFUL: Fate = { flaw: 'none', event: 'none', mustBeActive: false };

export function fateOf(plan: DistrictPlan, index: number, night: 0 | 1): Fate {
  const realistic = plan.mess === 'realistic';
  const flaw = realistic ? (FLAW_OF_SLOT[slotOf(plan.seed, PURPOSE.flaw, index)] ?? 'none') : 'none';
  if (flaw !== 'none') return { flaw, event: 'none', mustBeActive: ONLY_ACTIVE.has(flaw) };
  if (index >= plan.students) return UNEVENTFUL;
  const event = EVENT_OF_SLOT[slotOf(plan.seed, PURPOSE.event, index)] ?? 'none';
  if (event === 'none') return UNEVENTFUL;
  if (event === 'breaks' || event === 'mended') {
    if (!realistic) return UNEVENTFUL;
    if (event === 'mended')
      return { flaw: night === 0 ? 'impossible_birth_date' : 'none', event, mustBeActive: true };
    const breakage = BREAKAGES[roll(plan.seed, PURPOSE.breakage, index, BREAKAGES.length)] ?? 'none';
    return { flaw: night === 1 ? breakage : 'none', event, mustBeActive: true };
  }
  return { flaw: 'none', event, mustBeActive: event !== 'gone' && event !== 'new_phone' };
}

/** A thousand slots, the listed things in their numbers and the rest `otherwise`. */
function spread<T>(shares: readonly (readonly [T, number])[], otherwise: T): readonly T[] {
  const listed = shares.flatMap(([thing, count]) => Array<T>(count).fill(thing));
  return [...listed, ...Array<T>(1000 - listed.length).fill(otherwise)];
}
