/** Records by student as a table holds them: a place for each, four in `keys` and two in `mapped`. */
export interface LastColumns {
  keys: Uint32Array;
  mapped: Uint32Array;
  /** The place of its name in `schools`. */
  school: Uint16Array;
  gone: Uint8Array;
  schools: readonly string[];
}

/** A record a place. `head` is by key: the last record of it, counted from 1, and `next` the one before it. */
export function makeColumns(room: number) {
  return {
    mapped: new Uint32Array(room * 2),
    gone: new Uint8Array(room),
    school: new Uint16Array(room),
    fate: new Uint8Array(room),
    head: new Int32Array(room),
    next: new Int32Array(room),
  };
}

export const NO_COLUMNS: LastColumns = {
  keys: new Uint32Array(0),
  mapped: new Uint32Array(0),
  school: new Uint16Array(0),
  gone: new Uint8Array(0),
  schools: [''],
};

export type Columns = ReturnType<typeof makeColumns>;

/** Puts the records of another table into columns that have none. */
export function fillColumns(columns: Columns, { mapped, school, gone }: LastColumns): Columns {
  columns.mapped.set(mapped);
  columns.school.set(school);
  columns.gone.set(gone);
  for (let number = 0; number < gone.length; number++) columns.head[number] = number + 1;
  return columns;
}

export function widenColumns(columns: Columns, room: number): Columns {
  const wider = makeColumns(room);
  for (const [name, column] of Object.entries(columns)) wider[name as keyof typeof wider].set(column);
  return wider;
}

export function viewColumns({ mapped, school, gone }: Columns, count: number) {
  return {
    mapped: mapped.subarray(0, count * 2),
    school: school.subarray(0, count),
    gone: gone.subarray(0, count),
  };
}
