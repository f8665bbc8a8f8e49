import type { RecordKind } from '../vocabulary/record-kind.ts';
import type { ColumnMatch } from './match-columns.ts';
import type { ColumnProfile } from './profile.ts';

/** A place of the draft that a person must look at. */
export interface OpenPlace {
  /** fields.gender, identity.id, read */
  where: string;
  /** A sentence without values of a student. */
  why: string;
  /** Other columns that may be meant. */
  candidates: readonly string[];
}

/** What the parts of a draft are made from. */
export interface DraftContext {
  record: RecordKind;
  /** The columns that a mapping can name. */
  columns: readonly ColumnProfile[];
  matches: ReadonlyMap<string, ColumnMatch>;
  /** The file's column for one that the preset names. */
  rename: (column: string) => string | undefined;
  /** Values that `read.null` makes blank. */
  nulls: readonly string[];
  /** Remembers the place, and gives the mark for its line. */
  ask: (place: OpenPlace) => string;
}
