/** Homes: students next to each other in the numbering may be siblings, who share a surname, a home and a phone. */
import { PURPOSE, roll, slotOf } from './dice.ts';
import type { DistrictPlan } from './district.ts';
import type { Name } from './names.ts';
import { AREA_CODES, CITIES, LANGUAGES, STREETS, ZIPS } from './places.ts';

/** A home has at most four students: no chain of siblings crosses a multiple of four. */
const LARGEST = 4;

/** The eldest student of the home. */
export function eldestOf(seed: number, index: number): number {
  let eldest = index;
  while (isSibling(seed, eldest)) eldest--;
  return eldest;
}

/** Whether the student lives with the one before. */
export function isSibling(seed: number, index: number): boolean {
  return index % LARGEST !== 0 && roll(seed, PURPOSE.sibling, index, 100) < 30;
}

/** Whether the student is the twin of the one before. */
export function isTwin(seed: number, index: number): boolean {
  return roll(seed, PURPOSE.twin, index, 100) < 5 && isSibling(seed, index);
}

/** Whether the home moves between the two nights. */
export function moves(plan: DistrictPlan, eldest: number): boolean {
  return eldest < plan.students && roll(plan.seed, PURPOSE.move, eldest, 1000) < 12;
}

export interface Household {
  surname: Name;
  street: string;
  city: string;
  zip: string;
  /** Ten digits, of the range that is kept for fiction: 555-0100 to 555-0199. */
  phone: string;
  language: string;
  lunch: string;
}

export function householdOf(plan: DistrictPlan, eldest: number, night: 0 | 1): Household {
  const { seed } = plan;
  // What a home takes along stays with its number; what it leaves behind is drawn for the number of another home.
  const address = night === 1 && moves(plan, eldest) ? eldest + 0x2000_0000 : eldest;
  const house = 1 + roll(seed, PURPOSE.houseNumber, address, 1990);
  const street = pick(STREETS, seed, PURPOSE.street, address);
  const place = roll(seed, PURPOSE.zip, address, 1000);
  const zip = ZIPS[place % ZIPS.length] ?? '';
  return {
    surname: surnameOf(plan, eldest),
    street: place < 16 ? `${house} ${street}, Apt ${1 + (house % 40)}` : `${house} ${street}`,
    city: pick(CITIES, seed, PURPOSE.city, address),
    zip: place < 950 ? zip : `${zip}-${1000 + roll(seed, PURPOSE.houseNumber, address, 9000)}`,
    phone: phoneOf(seed, PURPOSE.phone, eldest),
    language:
      roll(seed, PURPOSE.foreign, eldest, 100) < 72 ? 'eng' : pick(LANGUAGES, seed, PURPOSE.language, eldest),
    lunch: 'FRPPP'[roll(seed, PURPOSE.lunch, eldest, 5)] ?? 'P',
  };
}

export function phoneOf(
  seed: number,
  purpose: typeof PURPOSE.phone | typeof PURPOSE.contactPhone,
  index: number,
): string {
  const line = roll(seed, purpose, index, AREA_CODES.length * 100);
  return `${AREA_CODES[line % AREA_CODES.length]}55501${String(Math.floor(line / AREA_CODES.length)).padStart(2, '0')}`;
}

/** The styles in which front offices type a phone number. */
export function writePhone(digits: string, style: number): string {
  const [area, exchange, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6)];
  if (style < 80) return `(${area}) ${exchange}-${line}`;
  if (style < 90) return `${area}-${exchange}-${line}`;
  return style < 95 ? digits : `1-${area}-${exchange}-${line}`;
}

function surnameOf(plan: DistrictPlan, eldest: number): Name {
  const { oddSurnames, surnames } = plan.names;
  const slot = slotOf(plan.seed, PURPOSE.oddSurname, eldest);
  const odd = slot < 80 ? oddSurnames[slot % oddSurnames.length] : undefined;
  return odd ?? pick(surnames, plan.seed, PURPOSE.surname, eldest);
}

export function pick<T>(
  list: readonly [T, ...T[]] | readonly T[],
  seed: number,
  purpose: Parameters<typeof roll>[1],
  index: number,
): T {
  const found = list[roll(seed, purpose, index, list.length)];
  if (found === undefined) throw new RangeError('Nothing to pick from');
  return found;
}
