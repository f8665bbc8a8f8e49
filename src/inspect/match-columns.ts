import { editDistance } from '../likeness/distance.ts';
import type { RecordKind } from '../vocabulary/record-kind.ts';
import { type Concept, conceptOf } from './concepts.ts';
import { foldHeader, headerWords } from './fold-header.ts';
import type { ColumnProfile, ValueType } from './profile.ts';

/** Something that wants a column. */
export interface Slot {
  key: string;
  /** Under which a column may be known: the field's own name, and the columns that the preset reads. */
  names: readonly string[];
}

export interface ColumnMatch {
  column?: ColumnProfile;
  /** 0 to 100. */
  score: number;
  isSure: boolean;
  /** Other columns that may be meant, the likeliest first. */
  others: string[];
}

const SAME_NAME = 100;
const SAME_MEANING = 95;
/** The same but for whose it is: in a file of contacts, Last_Name is a contact's. */
const NEAR_MEANING = 90;
const SURE = 85;
const LEAST = 40;
/** A second column this near makes the first one unsure. */
const TOO_NEAR = 6;
const MOST_OTHERS = 3;
/** Found by the look of its values alone. */
const BY_VALUES = 45;
const NEARLY_UNIQUE = 0.9;

/** One column a slot where there is one: the best pairs first, each column once unless its name says both. */
export function matchColumns(
  slots: readonly Slot[],
  columns: readonly ColumnProfile[],
  record: RecordKind,
): Map<string, ColumnMatch> {
  const pairs = slots
    .flatMap((slot) => columns.map((column) => ({ slot, column, score: scoreOf(slot, column, record) })))
    .filter((pair) => pair.score >= LEAST)
    .sort((one, other) => other.score - one.score);
  const matches = new Map<string, ColumnMatch>();
  const taken = new Set<ColumnProfile>();
  for (const { slot, column, score } of pairs) {
    if (matches.has(slot.key) || (taken.has(column) && score < NEAR_MEANING)) continue;
    taken.add(column);
    matches.set(slot.key, { column, score, isSure: score >= SURE, others: [] });
  }
  for (const slot of slots) {
    const known = matches.get(slot.key) ?? byValues(slot, columns, taken, record);
    const others = pairs.filter((pair) => pair.slot === slot && pair.column !== known.column);
    const isRivalled = others.some(
      ({ column, score }) => score > known.score - TOO_NEAR && !isSureElsewhere(column, slot, matches),
    );
    matches.set(slot.key, {
      ...known,
      isSure: known.isSure && !isRivalled,
      others: [...known.others, ...others.map((pair) => pair.column.name)].slice(0, MOST_OTHERS),
    });
  }
  return matches;
}

function isSureElsewhere(
  column: ColumnProfile,
  slot: Slot,
  matches: ReadonlyMap<string, ColumnMatch>,
): boolean {
  return [...matches].some(
    ([key, match]) => key !== slot.key && match.column === column && match.score > SURE,
  );
}

function scoreOf(slot: Slot, column: ColumnProfile, record: RecordKind): number {
  const likeness = nameScore(slot, column.name, record);
  return likeness === 0 ? 0 : likeness - mismatch(kindOf(slot, record), column.type);
}

function nameScore(slot: Slot, header: string, record: RecordKind): number {
  const folded = foldHeader(header);
  if (slot.names.some((name) => foldHeader(name) === folded)) return SAME_NAME;
  const found = conceptOf(header)?.name;
  const wanted = slot.names.flatMap((name) => conceptOf(name)?.name ?? []);
  if (found !== undefined && wanted.includes(found)) return SAME_MEANING;
  const isNear =
    found !== undefined && wanted.some((one) => ofRecord(one, record) === ofRecord(found, record));
  if (isNear) return NEAR_MEANING;
  // Both are known, and mean different things.
  if (found !== undefined && wanted.length > 0) return 0;
  return Math.max(...slot.names.map((name) => likenessOf(name, header)));
}

/** What a person of the file is called in general: the contact in a file of contacts. */
function ofRecord(concept: string, record: RecordKind): string {
  if (record !== 'contacts') return concept;
  return ['last_name', 'first_name', 'phone', 'email'].includes(concept) ? `contact_${concept}` : concept;
}

function likenessOf(name: string, header: string): number {
  const [one, other] = [foldHeader(name), foldHeader(header)];
  const letters = 1 - editDistance(one, other) / Math.max(one.length, other.length, 1);
  const words = overlapOf(headerWords(name), headerWords(header));
  return Math.max(letters >= 0.7 ? letters * 80 : 0, words >= 0.5 ? words * 75 : 0);
}

function overlapOf(some: readonly string[], others: readonly string[]): number {
  const both = some.filter((word) => others.includes(word)).length;
  const all = new Set([...some, ...others]).size;
  return all === 0 ? 0 : both / all;
}

export function kindOf(slot: Slot, record: RecordKind): Concept['kind'] | undefined {
  const concepts = slot.names.flatMap((name) => conceptOf(name) ?? []);
  return concepts.find((one) => ofRecord(one.name, record) === one.name)?.kind ?? concepts[0]?.kind;
}

/** Types whose values cannot be taken for another's. */
const UNMISTAKABLE: ReadonlySet<ValueType> = new Set(['date', 'email', 'phone']);
const OTHER_THING = 70;
/** May be it all the same, in a form that was not recognised: a question, and no refusal. */
const ODD_FORM = 20;
/** Less than what makes a match unsure: a column with values goes before one without. */
const BLANK = 8;

function mismatch(wanted: Concept['kind'] | undefined, found: ValueType): number {
  if (found === 'empty') return BLANK;
  if (wanted === undefined || wanted === found) return 0;
  if (UNMISTAKABLE.has(found)) return OTHER_THING;
  if (UNMISTAKABLE.has(wanted)) return wanted === 'phone' && found === 'id' ? 0 : ODD_FORM;
  return wanted === 'name' && (found === 'number' || found === 'boolean') ? ODD_FORM : 0;
}

/** Where no header fits: the one column left whose values look like what is wanted. */
function byValues(
  slot: Slot,
  columns: readonly ColumnProfile[],
  taken: Set<ColumnProfile>,
  record: RecordKind,
): ColumnMatch {
  const none = { score: 0, isSure: false, others: [] };
  const [concept] = slot.names.flatMap((name) => conceptOf(name) ?? []);
  const kind = kindOf(slot, record);
  const isWanted = (column: ColumnProfile): boolean => {
    if (taken.has(column) || conceptOf(column.name) !== undefined) return false;
    if (kind === 'email' || kind === 'phone') return column.type === kind;
    if (kind === 'date') return column.type === 'date';
    return concept?.name === 'student_id' && column.type === 'id' && isUnique(column);
  };
  const [only, ...more] = columns.filter(isWanted);
  if (only === undefined) return none;
  // One date column may be a birth date; that it is the day of entry or of exit nothing says.
  if (more.length > 0 || (kind === 'date' && concept?.name !== 'birth_date'))
    return { ...none, others: [only, ...more].map((column) => column.name) };
  taken.add(only);
  return { column: only, score: BY_VALUES, isSure: false, others: [] };
}

function isUnique({ distinct, filled }: ColumnProfile): boolean {
  return distinct === undefined || distinct >= filled * NEARLY_UNIQUE;
}
