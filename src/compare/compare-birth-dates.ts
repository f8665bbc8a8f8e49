/** How two birth dates are alike. `missing`: one of them is blank or no date, so nobody can say. */
export type BirthLikeness =
  | 'same'
  | 'day_and_month_swapped'
  | 'one_digit'
  | 'digits_swapped'
  | 'missing'
  | 'different';

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** yyyy-MM-dd; anything else is blank. */
export function readBirthDate(text: string): string {
  return DAY.test(text) ? text : '';
}

/** 2015-03-04 as 2015-04-03, where that is a month. */
export function withDayAndMonthSwapped(date: string): string {
  const swapped = `${date.slice(0, 5)}${date.slice(8)}-${date.slice(5, 7)}`;
  return swapped.slice(5, 7) <= '12' ? swapped : '';
}

/** Both from `readBirthDate`. */
export function compareBirthDates(one: string, other: string): BirthLikeness {
  if (one === '' || other === '') return 'missing';
  if (one === other) return 'same';
  const wrong = placesThatDiffer(one, other);
  const [first = 0, second = 0, third] = wrong;
  if (second === 0) return 'one_digit';
  if (withDayAndMonthSwapped(one) === other) return 'day_and_month_swapped';
  const areNeighbours = second === first + 1 && one[first] === other[second] && one[second] === other[first];
  return areNeighbours && third === undefined ? 'digits_swapped' : 'different';
}

function placesThatDiffer(one: string, other: string): number[] {
  const places: number[] = [];
  for (let at = 0; at < one.length; at++) if (one[at] !== other[at]) places.push(at);
  return places;
}
