import type { SchoolCounts } from '../vocabulary/school-counts.ts';

/** What became of the students of each school, under the school that each has tonight, or had last time. */
export interface SchoolBooks {
  add(school: string, what: keyof SchoolCounts, count?: number): void;
  /** Nobody's school is blank here. */
  read(): ReadonlyMap<string, SchoolCounts>;
}

export function openSchoolBooks(): SchoolBooks {
  const books = new Map<string, SchoolCounts>();
  return {
    read: () => books,
    add(school, what, count = 1) {
      if (school === '') return;
      let book = books.get(school);
      if (!book) {
        book = { last: 0, carried: 0, created: 0, changed: 0, removed: 0, removedBySelection: 0 };
        books.set(school, book);
      }
      book[what] += count;
    },
  };
}
