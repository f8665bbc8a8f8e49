/**
 * A year of one district from a seed: on each night the files of the drop, and what truly happened. The year begins on
 * 2026-08-17 and has the new school year of July 2027 in it; on some nights the whole file is wrong.
 */
import { type Accident, MISSING_SCHOOL, spoil } from './accidents.ts';
import { openDice } from './dice.ts';
import { foundDistrict, type Truth } from './district-life.ts';
import {
  type Cells,
  CONTACT_COLUMNS,
  contactRows,
  csvOf,
  drawFlaws,
  type Extract,
  type Flaws,
  STUDENT_COLUMNS,
  writeExtract,
} from './extract.ts';
import { openRegistrar, type Student } from './people.ts';

export interface YearOptions {
  seed: number;
  students: number;
  /** 260 is every weekday of the year; fewer are spread over it, and more happens in each. At least 30. */
  nights: number;
}

export interface Night extends Extract {
  /** From 0. */
  number: number;
  /** yyyy-MM-dd, a weekday: the business date. */
  date: string;
  accident: Accident | undefined;
  truth: readonly Truth[];
  /** Students whose row, or a contact's row, is broken or stands twice. */
  flaws: Flaws;
  /** By name. */
  files: Readonly<Record<'students.csv' | 'contacts.csv', string>>;
}

const FIRST_DAY = Date.UTC(2026, 7, 17);
const WEEKDAYS = 260;
const DAY_MS = 86_400_000;
/** So many characters of the last row are left: no quoted cell is among them. */
const TORN_AFTER = 14;
/** Not before the school year of July has begun. */
const PROMOTIONS_FROM = '2027-07-05';

export function* scriptedYear(options: YearOptions): Generator<Night> {
  const dice = openDice(options.seed);
  const registrar = openRegistrar(dice, { prefix: 4 });
  const district = foundDistrict({
    dice,
    registrar,
    students: options.students,
    pace: WEEKDAYS / options.nights,
  });
  const dates = datesOf(options.nights);
  const promotions = dates.findIndex((date) => date >= PROMOTIONS_FROM);
  const accidents = accidentsOf(options.nights, promotions);
  let flaws: Flaws = { students: new Map(), contacts: new Map() };
  for (const [number, date] of dates.entries()) {
    const truth = number === 0 ? [] : district.live(number);
    if (number === promotions) truth.push(...district.promoteAll());
    const everybody = [...district.students.values()].filter((one) => !one.isGone);
    const arrived = new Set(truth.filter(({ what }) => what === 'arrived').map(({ id }) => id));
    const untouchable = new Set(truth.filter(({ what }) => what.startsWith('contact')).map(({ id }) => id));
    flaws = drawFlaws(everybody, flaws, { dice, rate: 4, arrived, untouchable });
    const sound = turned(writeExtract(everybody, flaws, number), number);
    // The file of the contacts is made a little earlier: some of those who left are still in it.
    const lagging = truth.filter(({ what }) => what === 'left_absent' && dice.chance(0.3));
    for (const { id } of lagging) {
      const student = district.students.get(id);
      if (student) sound.contacts.push(...contactRows(student, flaws, number));
    }
    sound.contacts.push(...strangers(number));
    const accident = accidents.get(number);
    const extract = accident ? spoiled(accident, sound, everybody, options) : sound;
    yield { number, date, accident, truth, flaws, ...extract, files: filesOf(extract, accident) };
  }
}

/** Weekdays, evenly spread. */
function datesOf(nights: number): string[] {
  return Array.from({ length: nights }, (_, night) => {
    const weekday = Math.floor((night * WEEKDAYS) / nights);
    const days = Math.floor(weekday / 5) * 7 + (weekday % 5);
    return new Date(FIRST_DAY + days * DAY_MS).toISOString().slice(0, 10);
  });
}

function accidentsOf(nights: number, promotions: number): Map<number, Accident> {
  const at = (share: number) => Math.floor(nights * share);
  return new Map<number, Accident>([
    [at(0.15), 'half_the_file'],
    [at(0.3), 'another_district'],
    [at(0.4), 'other_ids'],
    [at(0.5), 'a_school_missing'],
    [at(0.6), 'ids_shifted'],
    [at(0.7), 'torn_file'],
    [promotions + 1, 'empty_summer_file'],
  ]);
}

/** The order of the rows says nothing: on some nights the file begins elsewhere. */
function turned({ students, contacts }: Extract, night: number): Extract {
  const turn = (rows: Cells[]) => {
    const at = night % 4 === 3 ? Math.floor(rows.length / 3) : 0;
    return [...rows.slice(at), ...rows.slice(0, at)];
  };
  return { students: turn(students), contacts: turn(contacts) };
}

/** Contacts of students whom no extract ever had. */
function strangers(night: number): Cells[] {
  return [['9999999', `C9${night}`, 'Nobody Known', 'M', '555-0100', 'n@home.example', '1']];
}

function spoiled(
  accident: Accident,
  extract: Extract,
  everybody: readonly Student[],
  options: YearOptions,
): Extract {
  const ofMissingSchool = new Set(
    everybody.filter((one) => one.school === MISSING_SCHOOL).map(({ id }) => id),
  );
  return spoil(accident, { extract, elsewhere: elsewhere(options), ofMissingSchool });
}

/** The extract of the neighbour: as large, with other ids and other people, whose surnames all begin with Zz. */
function elsewhere(options: YearOptions): Extract {
  const dice = openDice(options.seed + 1);
  const registrar = openRegistrar(dice, { prefix: 8, mark: 'Zz' });
  const neighbour = foundDistrict({ dice, registrar, students: options.students, pace: 1 });
  return writeExtract([...neighbour.students.values()], { students: new Map(), contacts: new Map() }, 0);
}

function filesOf({ students, contacts }: Extract, accident: Accident | undefined): Night['files'] {
  const whole = csvOf(STUDENT_COLUMNS, students);
  return {
    // Torn in the middle of its last row.
    'students.csv':
      accident === 'torn_file'
        ? whole.slice(0, whole.lastIndexOf('\r\n', whole.length - 3) + TORN_AFTER)
        : whole,
    'contacts.csv': csvOf(CONTACT_COLUMNS, contacts),
  };
}
