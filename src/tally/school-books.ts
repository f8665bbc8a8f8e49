/** What became of the students of one school, under the school that each has tonight, or had last time. */
export interface SchoolBook {
  /** Students last delivered. */
  last: number;
  carried: number;
  created: number;
  /** Known, and different from last time in any way. */
  changed: number;
  removed: number;
  /** Of those: whose row is there, and whose school is not selected. */
  removedBySelection: number;
}

export interface SchoolBooks {
  add(school: string, what: keyof SchoolBook): void;
  /** Nobody's school is blank here. */
  read(): ReadonlyMap<string, SchoolBook>;
}

export function openSchoolBooks(): SchoolBooks {
  const books = new Map<string, SchoolBook>();
  return {
    read: () => books,
    add(school, what) {
      if (school === '') return;
      let book = books.get(school);
      if (!book) {
        book = { last: 0, carried: 0, created: 0, changed: 0, removed: 0, removedBySelection: 0 };
        books.set(school, book);
      }
      book[what]++;
    },
  };
}
