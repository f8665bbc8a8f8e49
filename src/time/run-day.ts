import { DateTime, IANAZone } from 'luxon';
import { AppError } from '../errors/app-error.ts';
import type { RunDay } from '../vocabulary/run.ts';
import { schoolYearOf } from './school-year.ts';

const ZONE_HINT = 'Write a name of the IANA database, such as America/Chicago.';

/**
 * The day of a run in the zone of the service.
 * @param schoolYearStarts MM-dd
 * @param businessDate yyyy-MM-dd: the day that a person gave in place of today; the time of day stays that of the instant
 */
export function runDayOf(
  instantMs: number,
  zone: string,
  schoolYearStarts: string,
  businessDate?: string,
): RunDay {
  const local = inZone(instantMs, zone);
  const date = businessDate ?? local.toFormat('yyyy-MM-dd');
  return { date, time: local.toFormat('HHmmss'), schoolYear: schoolYearOf(date, schoolYearStarts) };
}

/** ISO 8601 with milliseconds and the offset of the zone: 2026-11-22T03:30:00.000-06:00. */
export function isoInZone(instantMs: number, zone: string): string {
  return inZone(instantMs, zone).toFormat("yyyy-MM-dd'T'HH:mm:ss.SSSZZ");
}

/** The names of three letters that the IANA database has. Node knows more, and some mean a place that nobody expects. */
const SHORT_ZONES = new Set('CET EET EST GMT HST MET MST PRC ROC ROK UCT UTC WET'.split(' '));

/** Whether the name is a zone of the IANA database; a bare offset is none, for it knows no summer time. */
export function isTimeZone(name: string): boolean {
  if (/^[A-Za-z]{3}$/.test(name)) return SHORT_ZONES.has(name.toUpperCase());
  return /^[A-Za-z]/.test(name) && IANAZone.isValidZone(name);
}

function inZone(instantMs: number, zone: string): DateTime {
  const local = DateTime.fromMillis(instantMs, { zone, locale: 'en-US', numberingSystem: 'latn' });
  if (!local.isValid) throw new AppError('config_invalid', `"${zone}" is no time zone`, { hint: ZONE_HINT });
  return local;
}
