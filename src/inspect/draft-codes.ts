import { conceptOf } from './concepts.ts';
import { foldHeader } from './fold-header.ts';
import type { ColumnProfile } from './profile.ts';

export interface DraftedCode {
  code: string;
  /** Undefined where nobody but the district knows. */
  value: string | undefined;
  count: number;
}

/** What is written in many ways and means the same, by concept; the first of a group is no better than the others. */
const MEANINGS: Readonly<Record<string, readonly string[]>> = {
  gender: ['m male boy 1', 'f female girl 2', 'x n nonbinary nb other non-binary'],
  grade: [
    'pk prek prekindergarten pre-k preschool ps',
    'k kg kindergarten kf 0 00 kn',
    ...Array.from({ length: 12 }, (_, index) => `${index + 1} 0${index + 1} grade${index + 1}`),
    'pg 13 postgraduate',
  ],
  status: [
    'active a enrolled e current',
    'inactive i withdrawn w',
    'graduated g grad',
    'transferred transferredout',
    'pre-enrolled preenrolled pre_enrolled pre-registered preregistered p',
  ],
};
const YES_AND_NO = ['y yes true t 1', 'n no false f 0'];
/** enroll_status as PowerSchool numbers it. */
const POWERSCHOOL_STATUS: Readonly<Record<string, string>> = {
  '-1': 'preenrolled',
  '0': 'active',
  '1': 'inactive',
  '2': 'transferred',
  '3': 'graduated',
};

/** 2 before 10. */
const byNumber = new Intl.Collator('en', { numeric: true });

/**
 * A target for each code that the column has: the one that the preset gives to that code, or to one that is written
 * otherwise and means the same; undefined where there is none.
 */
export function draftCodes(column: ColumnProfile, known: ReadonlyMap<string, string>): DraftedCode[] {
  const groups = groupsOf(column);
  const byFold = new Map<string, string>();
  for (const [code, value] of known) {
    for (const one of [code, value])
      for (const same of sameAs(one, groups)) if (!byFold.has(same)) byFold.set(same, value);
  }
  // What the preset says outright goes before what only means the same.
  for (const [code, value] of known) byFold.set(fold(code), value);
  const isPowerSchool = foldHeader(column.name) === 'enrollstatus';
  const inOrder = column.values.toSorted((one, other) => byNumber.compare(one.value, other.value));
  return inOrder.map(({ value: code, count }) => {
    const meant = isPowerSchool ? (POWERSCHOOL_STATUS[code] ?? code) : code;
    const [found] = sameAs(meant, groups).flatMap((same) => byFold.get(same) ?? []);
    return { code, count, value: known.get(code) ?? found };
  });
}

function groupsOf(column: ColumnProfile): readonly (readonly string[])[] {
  const concept = conceptOf(column.name);
  const groups = concept?.kind === 'boolean' ? YES_AND_NO : (MEANINGS[concept?.name ?? ''] ?? []);
  const isBoolean = groups.length === 0 && column.type === 'boolean';
  return (isBoolean ? YES_AND_NO : groups).map((group) => group.split(' '));
}

function sameAs(code: string, groups: readonly (readonly string[])[]): string[] {
  const folded = fold(code);
  const group = groups.find((one) => one.includes(folded)) ?? [];
  return [folded, ...group.filter((one) => one !== folded)];
}

function fold(code: string): string {
  return code.trim().toLowerCase().replace(/ /g, '');
}
