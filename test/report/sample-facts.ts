import type { ReportFacts } from '../../src/report/build-report.ts';
import { emptyBooks, type FileBooks } from '../../src/vocabulary/totals.ts';

const SHA = 'a'.repeat(64);

function sampleBooks(): FileBooks {
  const books = emptyBooks();
  Object.assign(books.totals, {
    read: 5000,
    rejected: 12,
    duplicate: 1,
    ineligible: 412,
    carried: 4575,
    created: 4575,
    delivered: 4575,
  });
  books.ineligible.school = 21;
  books.ineligible.age = 391;
  books.rejected.bad_date = 5;
  books.rejected.unknown_status = 7;
  return books;
}

/** A first night that went well, with a few broken rows. */
export function sampleFacts(given: Partial<ReportFacts> = {}): ReportFacts {
  return {
    run: {
      id: '20261122T093000Z-riverside-4f2a91',
      connection: 'riverside',
      environment: 'production',
      trigger: 'manual',
      businessDate: '2026-11-22',
      startedAt: '2026-11-22T03:30:00.000-06:00',
    },
    outcome: 'delivered',
    finishedAt: '2026-11-22T03:30:04.120-06:00',
    inputs: [
      {
        name: 'students',
        file: 'students.csv',
        sizeBytes: 812_345,
        sha256: SHA,
        encoding: 'utf-8',
        delimiter: ',',
        rows: 5000,
        notices: [{ code: 'new_column', message: 'The file has gained the column Homeroom.' }],
      },
    ],
    outputs: [
      {
        name: 'students',
        file: 'students_2026-11-22.csv',
        sizeBytes: 700_001,
        sha256: SHA,
        rows: 4575,
        deliveredAt: '2026-11-22T03:30:03.000-06:00',
      },
    ],
    books: new Map([['students', sampleBooks()]]),
    safeguards: [
      {
        name: 'min_rows',
        file: 'students',
        limit: '1',
        value: '5000',
        breached: false,
        sentence: 'Enough rows.',
      },
      { name: 'max_rejected', file: 'students', limit: '5%', value: '0.2%', breached: false },
    ],
    decisions: [],
    balanced: true,
    firstRun: true,
    settings: { eligibility: 'Active students, and others of age 5 to 21 on 09-01, are carried.' },
    program: { version: '0.1.0', node: '24.21.0' },
    ...given,
  };
}
