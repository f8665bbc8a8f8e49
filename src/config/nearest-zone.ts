import { nearestName } from './nearest-name.ts';

/** What people of the United States call their zones; the IANA database knows none of these. */
const SPOKEN: Readonly<Record<string, string>> = {
  edt: 'America/New_York',
  cst: 'America/Chicago',
  cdt: 'America/Chicago',
  mdt: 'America/Denver',
  pst: 'America/Los_Angeles',
  pdt: 'America/Los_Angeles',
  akst: 'America/Anchorage',
};

/** The zone of the IANA database that was most likely meant: by its name, its city alone, or its letters. */
export function nearestZone(written: string): string | undefined {
  const zones = Intl.supportedValuesOf('timeZone');
  const spoken = SPOKEN[written.toLowerCase()];
  if (spoken !== undefined) return spoken;
  const cities = new Map(zones.map((zone) => [zone.slice(zone.lastIndexOf('/') + 1), zone]));
  const near = nearestName(written, [...zones, ...cities.keys()]);
  return near === undefined ? undefined : (cities.get(near) ?? near);
}
