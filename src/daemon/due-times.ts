import { createTask, parse } from 'node-cron';
import { addDays } from '../time/calendar-date.ts';
import { dateInZone, type WallTime, whenShown } from '../time/wall-time.ts';

/** A cron expression in a zone. */
export interface CronTimes {
  cron: string;
  /** IANA */
  zone: string;
}

/** The due times of a cron expression, asked as often as one likes. */
export interface DueTimes {
  /** The last one after one instant and not after another. */
  latest(span: { afterMs: number; untilMs: number }): number | undefined;
  /** The first one after an instant. */
  next(afterMs: number): number | undefined;
}

/** February 29 on a certain weekday comes around in 28 years, or in 40 where a century lies between. */
const FARTHEST_DAYS = 41 * 366;

/**
 * In the night in which clocks go forward, a time that is skipped is due at the first instant after the gap; where they
 * go back, a time that is shown twice is due the first time only. An expression for every hour is due whenever it is shown.
 */
export function openDueTimes(times: CronTimes): DueTimes {
  const { duesOf } = openCalendar(times);
  const dayOf = (ms: number) => dateInZone(ms, times.zone);
  return {
    latest({ afterMs, untilMs }) {
      const firstDay = dayOf(afterMs);
      for (let day = dayOf(untilMs); day >= firstDay; day = addDays(day, -1)) {
        const due = duesOf(day).findLast((ms) => ms <= untilMs);
        if (due !== undefined) return due > afterMs ? due : undefined;
      }
      return undefined;
    },
    next(afterMs) {
      let day = dayOf(afterMs);
      for (let days = 0; days < FARTHEST_DAYS; days += 1) {
        const due = duesOf(day).find((ms) => ms > afterMs);
        if (due !== undefined) return due;
        day = addDays(day, 1);
      }
      return undefined;
    },
  };
}

const ALL_HOURS = 24;

function openCalendar({ cron, zone }: CronTimes) {
  const fields = parse(cron);
  const [hours, minutes, seconds] = [fields.hour, fields.minute, fields.second].map((list) => [
    ...new Set(list),
  ]);
  // The days of a cron expression are those of the wall, and a wall without summer time has every hour of each day.
  const wall = createTask(cron, () => undefined, { timezone: 'UTC' });
  const [hour = 0, minute = 0, second = 0] = [hours?.[0], minutes?.[0], seconds?.[0]];
  const isOn = (date: string) => wall.match(new Date(asUtc({ date, hour, minute, second })));
  const isEveryHour = hours?.length === ALL_HOURS;

  function duesOf(date: string): number[] {
    if (!isOn(date)) return [];
    const dues: number[] = [];
    for (const each of hours ?? []) {
      const shiftMs = plainShift({ date, hour: each, minute: 0, second: 0 }, zone);
      for (const ofHour of minutes ?? [])
        for (const ofMinute of seconds ?? []) {
          const time = { date, hour: each, minute: ofHour, second: ofMinute };
          if (shiftMs !== undefined) dues.push(asUtc(time) + shiftMs);
          else dues.push(...instantsOf(time, zone, isEveryHour));
        }
    }
    return [...new Set(dues)].toSorted((one, other) => one - other);
  }
  let last: { date: string; dues: number[] } | undefined;
  return {
    /** Ascending. The same day is asked about again and again. */
    duesOf(date: string): number[] {
      if (last?.date !== date) last = { date, dues: duesOf(date) };
      return last.dues;
    },
  };
}

function asUtc({ date, hour, minute, second }: WallTime): number {
  return Date.parse(`${date}T00:00:00Z`) + (hour * 3600 + minute * 60 + second) * 1000;
}

/** What leads from the wall to the instant in an hour in which no clock is changed; undefined in any other hour. */
function plainShift(start: WallTime, zone: string): number | undefined {
  const end = { ...start, minute: 59, second: 59 };
  const [first, last] = [whenShown(start, zone), whenShown(end, zone)];
  if (first.kind !== 'once' || last.kind !== 'once') return undefined;
  const shiftMs = first.atMs - asUtc(start);
  return last.atMs - asUtc(end) === shiftMs ? shiftMs : undefined;
}

function instantsOf(time: WallTime, zone: string, isEveryHour: boolean): number[] {
  const shown = whenShown(time, zone);
  if (shown.kind === 'once') return [shown.atMs];
  if (shown.kind === 'twice') return isEveryHour ? [shown.atMs, shown.againMs] : [shown.atMs];
  return isEveryHour ? [] : [shown.skippedToMs];
}
