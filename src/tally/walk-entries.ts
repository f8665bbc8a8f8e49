import { joinKept, joinLeft, type RawEntry, readEntry, readExceptions, readOutbound } from './entry-bytes.ts';
import { CARRIED, isLeftByRule, type KeptRows, type LeftRows, type SettledEntry } from './roll-entry.ts';

/** The school under which a row is kept; undefined where it is not. */
export type KeptUnder = (row: number) => string | undefined;

/** Of rows that come together: few enough to be read at once. */
const LONGEST_BYTES = 1 << 16;

/**
 * The entries of a settled roll. Rows that are kept come together as long as they are neighbours among what goes out, and rows
 * that are left out as long as they are neighbours among the exceptions; before any other row come all that stand before it.
 */
export function* walkEntries(
  entries: Iterable<RawEntry>,
  revisions: Uint8Array,
  keptUnder: KeptUnder,
): Generator<SettledEntry | KeptRows | LeftRows> {
  let kept: KeptRows | undefined;
  let left: LeftRows | undefined;
  for (const raw of entries) {
    const revision = revisions[raw.row] ?? 0;
    if (revision === 0 && isLeftByRule(raw.verdictCode)) {
      if (left && left.exceptions.length < LONGEST_BYTES && joinLeft(left, raw)) continue;
      if (left) yield left;
      left = { left: 1, exceptions: readExceptions(raw) };
      continue;
    }
    const school = raw.verdictCode === CARRIED && revision === 0 ? keptUnder(raw.row) : undefined;
    if (kept && kept.school === school && kept.outbound.length < LONGEST_BYTES && joinKept(kept, raw))
      continue;
    if (kept) yield kept;
    kept = school === undefined ? undefined : { rows: 1, school, outbound: readOutbound(raw) };
    if (kept) continue;
    if (left) yield left;
    left = undefined;
    yield readEntry(raw, revision);
  }
  if (kept) yield kept;
  if (left) yield left;
}
