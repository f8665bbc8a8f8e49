/** A day as it is written somewhere: the formats in which it would be a real day. */
export interface DateReading {
  /** In luxon's tokens, with parts of one or two digits: M/d/yyyy also reads 03/09/2015. */
  formats: readonly string[];
  /** The calendar year that all of them give. */
  year: number;
  /** Whether a part below ten has its zero, or lacks it: tells MM from M. */
  padding: 'padded' | 'bare' | 'none';
}

const NUMERIC = /^(\d{1,4})([/.-])(\d{1,2})\2(\d{4}|\d{1,2})(?!\d)(.*)$/s;
const DAY_FIRST = /^(\d{1,2})([ -])([A-Za-z]{3,9})\2(\d{4}|\d{2})(?!\d)(.*)$/s;
const MONTH_FIRST = /^([A-Za-z]{3,9}) (\d{1,2}), ?(\d{4})(?!\d)(.*)$/s;
const TOGETHER = /^\d{8}$/;

const TIMES: readonly (readonly [RegExp, string])[] = [
  [/^$/, ''],
  [/^T\d{2}:\d{2}:\d{2}$/, "'T'HH:mm:ss"],
  [/^T\d{2}:\d{2}:\d{2}Z$/, "'T'HH:mm:ss'Z'"],
  [/^T\d{2}:\d{2}:\d{2}\.\d{3}Z$/, "'T'HH:mm:ss.SSS'Z'"],
  [/^T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$/, "'T'HH:mm:ssZZ"],
  [/^ \d{2}:\d{2}:\d{2}\.\d{1,3}$/, ' HH:mm:ss.S'],
  [/^ \d{1,2}:\d{2}$/, ' H:mm'],
  [/^ \d{1,2}:\d{2}:\d{2}$/, ' H:mm:ss'],
  [/^ \d{1,2}:\d{2}:\d{2} [AaPp][Mm]$/, ' h:mm:ss a'],
  [/^ \d{1,2}:\d{2} [AaPp][Mm]$/, ' h:mm a'],
];

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const LONG_MONTHS =
  'january february march april may june july august september october november december'.split(' ');
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Undefined where the text is a day in none of the ways in which extracts write one. */
export function readDateShape(text: string): DateReading | undefined {
  if (text.length < 6 || text.length > 40) return undefined;
  if (TOGETHER.test(text)) return readTogether(text);
  return readNumeric(text) ?? readNamed(text);
}

function readNumeric(text: string): DateReading | undefined {
  const [found, a = '', sign = '', b = '', c = '', rest = ''] = NUMERIC.exec(text) ?? [];
  const time = found === undefined ? undefined : timeOf(rest);
  if (time === undefined) return undefined;
  const padding = [a, b, c].some((part) => part.length === 2 && part.startsWith('0'))
    ? 'padded'
    : [a, b].some((part) => part.length === 1) || c.length === 1
      ? 'bare'
      : 'none';
  const make = (...orders: [string, boolean][]) => {
    const formats = orders.flatMap(([format, isReal]) =>
      isReal ? [format.replaceAll('/', sign) + time] : [],
    );
    return formats.length === 0 ? undefined : formats;
  };
  const [one, two, three] = [Number(a), Number(b), Number(c)];
  if (a.length === 4)
    return reading(make(['yyyy/M/d', c.length < 3 && isDay(one, two, three)]), one, padding);
  if (a.length > 2 || c.length === 1) return undefined;
  const century = c.length === 4 ? three : fullYear(three);
  const year = c.length === 4 ? 'yyyy' : 'yy';
  const usual = make(
    [`M/d/${year}`, isDay(century, one, two)],
    [`d/M/${year}`, isDay(century, two, one)],
    ['yy/M/d', c.length === 2 && one > 31 && isDay(fullYear(one), two, three)],
  );
  return reading(usual, century, padding);
}

function readNamed(text: string): DateReading | undefined {
  const [dayFirst, d1 = '', sign = '', m1 = '', y1 = '', rest1 = ''] = DAY_FIRST.exec(text) ?? [];
  if (dayFirst !== undefined) {
    const time = timeOf(rest1);
    const month = monthOf(m1);
    if (time === undefined || month === undefined) return undefined;
    const year = y1.length === 4 ? Number(y1) : fullYear(Number(y1));
    const format = ['d', month.token, y1.length === 4 ? 'yyyy' : 'yy'].join(sign) + time;
    return reading(isDay(year, month.number, Number(d1)) ? [format] : undefined, year, 'none');
  }
  const [monthFirst, m2 = '', d2 = '', y2 = '', rest2 = ''] = MONTH_FIRST.exec(text) ?? [];
  const month = monthFirst === undefined ? undefined : monthOf(m2);
  const time = timeOf(rest2);
  if (month === undefined || time === undefined) return undefined;
  const year = Number(y2);
  const comma = text.includes(', ') ? ', ' : ',';
  const format = `${month.token} d${comma}yyyy${time}`;
  return reading(isDay(year, month.number, Number(d2)) ? [format] : undefined, year, 'none');
}

/** Eight digits may be an id as well: whoever asks looks at how many of the column fit. */
function readTogether(text: string): DateReading | undefined {
  const part = (from: number, to: number) => Number(text.slice(from, to));
  if (isDay(part(0, 4), part(4, 6), part(6, 8))) return reading(['yyyyMMdd'], part(0, 4), 'none');
  const formats = [
    ...(isDay(part(4, 8), part(0, 2), part(2, 4)) ? ['MMddyyyy'] : []),
    ...(isDay(part(4, 8), part(2, 4), part(0, 2)) ? ['ddMMyyyy'] : []),
  ];
  return reading(formats.length === 0 ? undefined : formats, part(4, 8), 'none');
}

function reading(
  formats: readonly string[] | undefined,
  year: number,
  padding: DateReading['padding'],
): DateReading | undefined {
  return formats === undefined ? undefined : { formats, year, padding };
}

function timeOf(rest: string): string | undefined {
  return TIMES.find(([shape]) => shape.test(rest))?.[1];
}

function monthOf(word: string): { number: number; token: string } | undefined {
  const small = word.toLowerCase();
  const short = MONTHS.indexOf(small);
  if (short >= 0) return { number: short + 1, token: 'MMM' };
  const long = LONG_MONTHS.indexOf(small);
  return long < 0 ? undefined : { number: long + 1, token: 'MMMM' };
}

/** For telling columns of birth from others only: nothing is read by it. */
function fullYear(twoDigits: number): number {
  return twoDigits > 60 ? 1900 + twoDigits : 2000 + twoDigits;
}

/** From 1900 to 2100: an id of eight digits is hardly ever such a day. */
function isDay(year: number, month: number, day: number): boolean {
  if (year < 1900 || year > 2100 || day < 1 || day > (MONTH_DAYS[month - 1] ?? 0)) return false;
  return month !== 2 || day < 29 || (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0));
}
