import { foldName } from './fold-name.ts';

/** One line of the table: Liz is short for Elizabeth. */
export interface NicknameRow {
  nickname: string;
  name: string;
}

/** Both are asked with folded first names. */
export interface Nicknames {
  /**
   * How one may be the other, in words for a review; undefined where neither is short for the other or for
   * the same name.
   */
  between(one: string, other: string): string | undefined;
  /** The names for which it may be short. */
  namesOf(nickname: string): Iterable<string>;
}

/**
 * A nickname may be short for several names, and not every name of one is one of the other: Alex is short for
 * Alexander and Alexandra, who are two people. Two nicknames of one name are taken as alike. Without rows
 * nothing is a nickname.
 */
export function compileNicknames(rows: Iterable<NicknameRow>): Nicknames {
  const known = new Map<string, Map<string, NicknameRow>>();
  for (const row of rows) {
    const nickname = plain(row.nickname);
    const names = known.get(nickname) ?? new Map<string, NicknameRow>();
    known.set(nickname, names.set(plain(row.name), row));
  }
  const shortFor = (nickname: string, name: string) => {
    const row = known.get(nickname)?.get(name);
    return row && `${row.nickname} for ${row.name}`;
  };
  return {
    namesOf: (nickname) => known.get(nickname)?.keys() ?? [],
    between: (one, other) =>
      one === other
        ? undefined
        : (shortFor(one, other) ?? shortFor(other, one) ?? sharedName(known.get(one), known.get(other))),
  };
}

function sharedName(
  one: ReadonlyMap<string, NicknameRow> | undefined,
  other: ReadonlyMap<string, NicknameRow> | undefined,
): string | undefined {
  if (!one || !other) return undefined;
  for (const [name, row] of one) {
    const second = other.get(name);
    if (second) return `${[row.nickname, second.nickname].sort().join(' and ')} for ${row.name}`;
  }
  return undefined;
}

function plain(name: string): string {
  return foldName(name).whole;
}
