import { DateTime, IANAZone } from 'luxon';

/** A day and a time as they stand on the wall: of no zone. */
export interface WallTime {
  /** yyyy-MM-dd */
  date: string;
  hour: number;
  minute: number;
  second: number;
}

/** When a wall of a zone shows a time: once, twice as clocks go back, or never as they go forward. */
export type Shown =
  | { kind: 'once'; atMs: number }
  | { kind: 'twice'; atMs: number; againMs: number }
  /** `skippedToMs`: the first instant after what was skipped. */
  | { kind: 'never'; skippedToMs: number };

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** @param zone IANA */
export function whenShown(wall: WallTime, zone: string): Shown {
  const asUtcMs =
    Date.parse(`${wall.date}T00:00:00Z`) + (wall.hour * 3600 + wall.minute * 60 + wall.second) * 1000;
  const before = offsetMs(asUtcMs - DAY_MS, zone);
  const after = offsetMs(asUtcMs + DAY_MS, zone);
  const [firstMs, lastMs] = [asUtcMs - Math.max(before, after), asUtcMs - Math.min(before, after)];
  const [isFirst, isLast] = [firstMs, lastMs].map((ms) => ms + offsetMs(ms, zone) === asUtcMs);
  if (isFirst && isLast && firstMs !== lastMs) return { kind: 'twice', atMs: firstMs, againMs: lastMs };
  if (isFirst || isLast) return { kind: 'once', atMs: isFirst ? firstMs : lastMs };
  return { kind: 'never', skippedToMs: changeBetween(firstMs, lastMs, zone) };
}

/** yyyy-MM-dd of an instant in a zone. */
export function dateInZone(instantMs: number, zone: string): string {
  return DateTime.fromMillis(instantMs, { zone, locale: 'en-US', numberingSystem: 'latn' }).toFormat(
    'yyyy-MM-dd',
  );
}

function offsetMs(instantMs: number, zone: string): number {
  return IANAZone.create(zone).offset(instantMs) * MINUTE_MS;
}

/** The first instant with the offset of the later one. */
function changeBetween(earlyMs: number, lateMs: number, zone: string): number {
  const target = offsetMs(lateMs, zone);
  let [low, high] = [earlyMs, lateMs];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMs(middle, zone) === target) high = middle;
    else low = middle;
  }
  return high;
}
