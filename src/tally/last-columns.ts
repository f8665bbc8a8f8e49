/** Records by student as a table holds them: a place for each, four in `keys` and two in `mapped`. */
export interface LastColumns {
  keys: Uint32Array;
  mapped: Uint32Array;
  /** The place of its name in `schools`. */
  school: Uint16Array;
  gone: Uint8Array;
  schools: readonly string[];
}

/** A record a place. */
export interface Columns {
  mapped: Uint32Array;
  gone: Uint8Array;
  school: Uint16Array;
  fate: Uint8Array;
}

export const NO_COLUMNS: LastColumns = {
  keys: new Uint32Array(0),
  mapped: new Uint32Array(0),
  school: new Uint16Array(0),
  gone: new Uint8Array(0),
  schools: [''],
};

/** Columns that begin with the records of others, which lie where they lay if there is to be room for no more. */
export function openColumns(room: number, first: LastColumns): Columns {
  return widenColumns({ ...first, fate: new Uint8Array(room) }, room);
}

export function widenColumns({ mapped, school, gone, fate }: Columns, room: number): Columns {
  return {
    mapped: widened(mapped, room * 2, Uint32Array),
    school: widened(school, room, Uint16Array),
    gone: widened(gone, room, Uint8Array),
    fate: widened(fate, room, Uint8Array),
  };
}

/** The same, where it is long enough: to copy millions of places costs more than to look them up. */
export function widened<Words extends Uint8Array | Uint16Array | Uint32Array | Int32Array>(
  words: Words,
  length: number,
  Kind: new (length: number) => Words,
): Words {
  if (words.length >= length) return words;
  const wider = new Kind(length);
  wider.set(words);
  return wider;
}

export function viewColumns({ mapped, school, gone }: Columns, count: number) {
  return {
    mapped: mapped.subarray(0, count * 2),
    school: school.subarray(0, count),
    gone: gone.subarray(0, count),
  };
}
