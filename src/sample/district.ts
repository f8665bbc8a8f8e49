/**
 * Sample: a believable school district made by chance, for the demo, for `init`, for tests and for measuring.
 *
 * in:       a seed, a number of students, a night and a business date
 * out:      a students extract and a contacts extract as PowerSchool would write them, and what they contain
 * promises: the same options give the same bytes; any size in flat memory; nobody in it exists
 * never:    reads a clock or the chance of the machine
 */
import { AppError } from '../errors/app-error.ts';
import { isCalendarDate } from '../time/calendar-date.ts';
import { schoolYearOf } from '../time/school-year.ts';
import { canWrite, type SampleDelimiter, type SampleEncoding } from './csv-text.ts';
import { dayNumber } from './days.ts';
import { listNames, type NameLists } from './names.ts';

export interface DistrictOptions {
  /** A whole number; another seed is another district. */
  seed: number;
  /** Students in the extract of night 0. */
  students: number;
  /** 1 is the extract of the next night: some changed, new, gone, or broken. */
  night: 0 | 1;
  /** yyyy-MM-dd. Grades, ages and dates fit the school year that it lies in. */
  businessDate: string;
  /** none: every row is sound; realistic (default): about one row in a hundred is broken or doubled. */
  mess?: 'none' | 'realistic';
  encoding?: SampleEncoding;
  delimiter?: SampleDelimiter;
  eol?: '\r\n' | '\n';
  /** Default: only in UTF-16, which cannot be told without. */
  bom?: boolean;
}

export interface DistrictPlan extends Required<DistrictOptions> {
  /** The running school year begins in this one. */
  schoolYear: number;
  /** As days.ts counts. */
  businessDay: number;
  /** How many students come new on night 1. */
  newcomers: number;
  /** Schools at each level. */
  schools: { elementary: number; middle: number; high: number };
  names: NameLists;
}

/** Ids are spread over this range without repeating. */
const MOST_STUDENTS = 8_000_000;
const NEWCOMERS_OF_A_THOUSAND = 12;
/** What sampleConfig says too: the school year begins on this day. */
const SCHOOL_YEAR_STARTS = '07-01';

/** Settles the options; throws `usage` where one makes no sense. */
export function planDistrict(options: DistrictOptions): DistrictPlan {
  const { students, businessDate } = options;
  if (!Number.isInteger(students) || students < 1 || students > MOST_STUDENTS)
    throw new AppError('usage', `A sample district has 1 to ${MOST_STUDENTS} students`);
  if (!isCalendarDate(businessDate))
    throw new AppError('usage', 'The business date of a sample district is a day such as 2026-11-22');
  const encoding = options.encoding ?? 'utf-8';
  return {
    seed: Math.trunc(options.seed),
    students,
    night: options.night,
    businessDate,
    mess: options.mess ?? 'realistic',
    encoding,
    delimiter: options.delimiter ?? ',',
    eol: options.eol ?? '\r\n',
    bom: options.bom ?? encoding === 'utf-16le',
    schoolYear: schoolYearOf(businessDate, SCHOOL_YEAR_STARTS).startYear,
    businessDay: dayNumber(
      Number(businessDate.slice(0, 4)),
      Number(businessDate.slice(5, 7)),
      Number(businessDate.slice(8)),
    ),
    newcomers: Math.ceil((students * NEWCOMERS_OF_A_THOUSAND) / 1000),
    schools: {
      elementary: schoolsFor(students * 0.5, 450),
      middle: schoolsFor(students * 0.2, 700),
      high: schoolsFor(students * 0.3, 1200),
    },
    names: listNames((text) => canWrite(text, encoding)),
  };
}

/** At least two, so that a student can change school; at most 99, so that ids keep three digits. */
function schoolsFor(students: number, each: number): number {
  return Math.min(99, Math.max(2, Math.round(students / each)));
}
