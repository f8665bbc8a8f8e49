/** The books of one file of a drop, under the names of report.json. */
import type { FindingCode } from './finding.ts';
import type { IneligibleReason } from './verdict.ts';
import { INELIGIBLE_REASONS } from './verdict.ts';

export interface Totals {
  read: number;
  rejected: number;
  duplicate: number;
  ineligible: number;
  held: number;
  carried: number;
  created: number;
  updated: number;
  unchanged: number;
  transferred: number;
  promoted: number;
  deactivated: number;
  reactivated: number;
  removed: number;
  carried_forward: number;
  delivered: number;
}

export interface FileBooks {
  totals: Totals;
  ineligible: Record<IneligibleReason, number>;
  rejected: Partial<Record<FindingCode, number>>;
  removed: { absent: number; ineligible: number };
}

export function emptyBooks(): FileBooks {
  const totals: Totals = {
    read: 0,
    rejected: 0,
    duplicate: 0,
    ineligible: 0,
    held: 0,
    carried: 0,
    created: 0,
    updated: 0,
    unchanged: 0,
    transferred: 0,
    promoted: 0,
    deactivated: 0,
    reactivated: 0,
    removed: 0,
    carried_forward: 0,
    delivered: 0,
  };
  const ineligible = Object.fromEntries(
    INELIGIBLE_REASONS.map((reason) => [reason, 0]),
  ) as FileBooks['ineligible'];
  return { totals, ineligible, rejected: {}, removed: { absent: 0, ineligible: 0 } };
}
