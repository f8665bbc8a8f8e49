import type { Limit } from './schema.ts';

/** A limit as exact numbers: `5.25%` is 525 units of a hundredth of a percent. */
interface Share {
  units: bigint;
  decimals: number;
}

/** Most that is ever shown; beyond it two values look the same, but are still compared exactly. */
const MOST_DECIMALS = 12;

/** Whether `count` is more than the limit allows of `base`; equal is allowed. Nothing is rounded. */
export function exceeds(count: number, base: number, limit: Limit): boolean {
  if (typeof limit === 'number') return count > limit;
  return compareWithShare(count, base, shareOf(limit)) > 0;
}

/**
 * What was measured, for a person: `12` beside a number, `0.4%` beside a percentage.
 * It has as many decimals as it takes to stand on the same side of the limit as the exact value, and not to
 * show something as nothing.
 */
export function describeValue(count: number, base: number, limit: Limit): string {
  if (typeof limit === 'number') return String(count);
  if (count === 0 || base === 0) return '0%';
  const share = shareOf(limit);
  const side = compareWithShare(count, base, share);
  for (let decimals = 1; decimals < MOST_DECIMALS; decimals++) {
    const rounded = roundedShare(count, base, decimals);
    if (rounded.units > 0n && compareShares(rounded, share) === side) return describeShare(rounded);
  }
  return describeShare(roundedShare(count, base, MOST_DECIMALS));
}

function shareOf(limit: string): Share {
  const [whole = '0', fraction = ''] = limit.slice(0, -1).split('.');
  return { units: BigInt(whole + fraction), decimals: fraction.length };
}

/** Negative, zero or positive: `count` of `base` against the share. */
function compareWithShare(count: number, base: number, share: Share): number {
  return sign(BigInt(count) * 100n * 10n ** BigInt(share.decimals) - share.units * BigInt(base));
}

function compareShares(one: Share, other: Share): number {
  return sign(one.units * 10n ** BigInt(other.decimals) - other.units * 10n ** BigInt(one.decimals));
}

function sign(difference: bigint): number {
  if (difference === 0n) return 0;
  return difference > 0n ? 1 : -1;
}

/** Half goes up. */
function roundedShare(count: number, base: number, decimals: number): Share {
  const scaled = BigInt(count) * 100n * 10n ** BigInt(decimals);
  return { units: (2n * scaled + BigInt(base)) / (2n * BigInt(base)), decimals };
}

function describeShare(share: Share): string {
  const digits = share.units.toString().padStart(share.decimals + 1, '0');
  const fraction = digits.slice(digits.length - share.decimals).replace(/0+$/, '');
  const whole = digits.slice(0, digits.length - share.decimals);
  return fraction === '' ? `${whole}%` : `${whole}.${fraction}%`;
}
