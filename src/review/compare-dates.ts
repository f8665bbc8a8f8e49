/** In which order a spreadsheet writes day and month. */
export type DateOrder = 'month_first' | 'day_first';

interface WrittenDate {
  separator: string;
  yearAt: 0 | 2;
  /** As they stand there. */
  parts: readonly [string, string, string];
}

const THREE_NUMBERS =
  /^(?<first>\d{1,4})(?<separator>[-/.]) ?(?<second>\d{1,2})\k<separator> ?(?<third>\d{1,4})(?: 0?0:00(?::00)?)?$/;

/**
 * Two writings of a date: `same` day, possibly in another form; `changed` within one form; `other`, a different day in
 * another form, of which nobody knows how the mapping would write it. Undefined where one of them is no date.
 * Spreadsheets show 2015-05-01 as 5/1/2015 or 01.05.2015 and save what they show.
 */
export function compareDates(
  exported: string,
  value: string,
  order?: DateOrder,
): 'same' | 'changed' | 'other' | undefined {
  const one = readWritten(exported);
  const other = readWritten(value);
  if (!one || !other) return undefined;
  if (isOneForm(one, other)) return compareWithin(one, other);
  return daysOf(one).some((day) => daysOf(other, order).includes(day)) ? 'same' : 'other';
}

/** What the cells that nobody changed show about the order in which the spreadsheet writes dates. */
export function recogniseDateOrder(pairs: Iterable<readonly [string, string]>): DateOrder | undefined {
  const found = { month_first: 0, day_first: 0 };
  for (const [exported, value] of pairs) {
    const [one, other] = [readWritten(exported), readWritten(value)];
    if (!one || !other || one.yearAt !== 0 || other.yearAt === 0) continue;
    const [year, month, day] = one.parts.map(Number);
    if (month === day || Number(other.parts[2]) % 100 !== (year ?? 0) % 100) continue;
    const [first, second] = other.parts.map(Number);
    if (first === month && second === day) found.month_first++;
    if (first === day && second === month) found.day_first++;
  }
  // A spreadsheet writes all its dates alike; one that seems to do both was changed by hand.
  if (found.month_first === found.day_first) return undefined;
  return found.month_first > found.day_first ? 'month_first' : 'day_first';
}

/** Whether a number of two parts, such as 3-4, may have become `4-Mar` or `Apr 03`. */
export function isMonthName(exported: string, value: string): boolean {
  return (
    /^\d{1,2}[-/.]\d{1,4}$/.test(exported) &&
    /^(?:\d{1,2}[-. ]{1,2}\p{L}{3,}\.?|\p{L}{3,}\.?[- ]\d{2,4})$/u.test(value)
  );
}

function readWritten(text: string): WrittenDate | undefined {
  const { first = '', separator = '', second = '', third = '' } = THREE_NUMBERS.exec(text)?.groups ?? {};
  if (first.length === 4 && third.length <= 2 && third !== '')
    return { separator, yearAt: 0, parts: [first, second, third] };
  if (first.length <= 2 && first !== '' && (third.length === 4 || third.length === 2))
    return { separator, yearAt: 2, parts: [first, second, third] };
  return undefined;
}

function isOneForm(one: WrittenDate, other: WrittenDate): boolean {
  if (one.separator !== other.separator || one.yearAt !== other.yearAt) return false;
  return one.parts[one.yearAt].length === other.parts[other.yearAt].length;
}

/** 05/01/2015 shown as 5/1/2015 is the same; another day must have its zeros where the exported one has them. */
function compareWithin(one: WrittenDate, other: WrittenDate): 'same' | 'changed' | 'other' {
  if (one.parts.every((part, at) => Number(part) === Number(other.parts[at]))) return 'same';
  const hasZeros = one.parts.every(
    (part, at) => !part.startsWith('0') || other.parts[at]?.length === part.length,
  );
  return hasZeros ? 'changed' : 'other';
}

/** Every day that it may be, as year, month and day; the year by its last two figures. */
function daysOf({ parts, yearAt }: WrittenDate, order?: DateOrder): string[] {
  const [first, second, third] = parts.map(Number);
  if (first === undefined || second === undefined || third === undefined) return [];
  if (yearAt === 0) return [`${first % 100} ${second} ${third}`];
  const monthFirst = `${third % 100} ${first} ${second}`;
  const dayFirst = `${third % 100} ${second} ${first}`;
  if (order !== undefined) return [order === 'month_first' ? monthFirst : dayFirst];
  return [monthFirst, dayFirst];
}
