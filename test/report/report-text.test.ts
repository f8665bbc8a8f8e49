import { expect } from 'chai';
import { buildReport, type ReportFacts } from '../../src/report/build-report.ts';
import { renderReportText } from '../../src/report/report-text.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { sampleFacts } from './sample-facts.ts';

function linesOf(given: Partial<ReportFacts> = {}, width = 80): string[] {
  return renderReportText(buildReport(sampleFacts(given)), { width })
    .trimEnd()
    .split('\n');
}

describe('report/report-text', () => {
  it('fits a screen and says it all', () => {
    expect(linesOf()).to.deep.equal([
      'riverside, 2026-11-22',
      '20261122T093000Z-riverside-4f2a91, production, manual, started 2026-11-22',
      '03:30:00 -06:00',
      'Out? Delivered: 4,575 rows in 1 file.',
      'Balanced? Yes. Every one of 5,000 rows read is accounted for.',
      '- Have 12 rejected rows mended at the source; exceptions.csv lists each.',
      '',
      '              students',
      'read             5,000',
      '  rejected          12',
      '  duplicate          1',
      '  ineligible       412',
      'carried          4,575',
      '  created        4,575',
      'delivered        4,575',
      '',
      'Rejected (students): unknown_status 7, bad_date 5',
      'Left out (students): school 21, age 391',
      '',
      '2 safeguards within their limits',
      'In:  students.csv, 5,000 rows, 812.3 kB, sha256 aaaaaaaaaaaa',
      'Out: students_2026-11-22.csv, 4,575 rows, 700.0 kB, sha256 aaaaaaaaaaaa',
      'Note: The file has gained the column Homeroom.',
    ]);
  });

  it('says in which form the files were sent', () => {
    const digest = { sizeBytes: 1000, sha256: 'b'.repeat(64) };
    const shipment = [{ file: 'all.zip', digest, holds: ['a.csv', 'b.csv'], deliveredAt: '' }];
    expect(linesOf({ shipment })).to.include('Sent as all.zip (2 files), 1.0 kB, sha256 bbbbbbbbbbbb');
    const asDrafted = [{ file: 'a.csv', digest, holds: ['a.csv'], deliveredAt: '' }];
    expect(linesOf({ shipment: asDrafted }).join()).to.not.include('Sent as');
  });

  it('shows breached limits in full', () => {
    const lines = linesOf({
      outcome: 'held',
      heldReasons: ['Too many.'],
      safeguards: [{ name: 'max_removed', file: 'students', limit: '10%', value: '12%', breached: true }],
    });
    expect(lines).to.include('Breached: max_removed (students) is 12%, limit 10%');
    expect(lines).to.include('- Too many.');
    expect(lines).to.include('0 safeguards within their limits');
  });

  it('folds the table where the files do not fit side by side', () => {
    const names = ['students', 'contacts', 'schools', 'staff', 'courses', 'course_requests', 'enrollments'];
    const books = new Map(names.map((name) => [name, emptyBooks()]));
    for (const width of [40, 60, 80, 200]) {
      const lines = linesOf({ books, inputs: [], outputs: [] }, width);
      const tables = lines.filter((line) => line.startsWith('     ') && line.trim() !== '');
      expect(tables.join(' ').trim().split(/\s+/)).to.deep.equal(names);
      for (const line of lines) expect(line.length).to.be.at.most(width);
      if (width === 200) expect(tables).to.have.length(1);
    }
  });

  it('lets nothing drive the terminal', () => {
    const text = linesOf({
      heldReasons: ['\u001b[2J\u202e'],
      outcome: 'held',
      inputs: [],
      settings: {},
      notices: [{ code: 'c', message: '\u001b]0;title\u0007' }],
    }).join('\n');
    expect(text).to.not.match(/[[\p{Cc}\p{Cf}]--\n]/v);
    expect(text).to.include('[U+001B][2J[U+202E]');
  });

  it('hands each line to the one who colours it', () => {
    const seen = new Set<string>();
    const note = (role: string, line: string) => {
      seen.add(role);
      return line;
    };
    renderReportText(buildReport(sampleFacts()), { style: note });
    expect([...seen].sort()).to.deep.equal(['good', 'heading', 'soft', 'sum', 'waits']);
  });

  it('reads without books', () => {
    const error = { code: 'empty_file', message: 'The file has no header.', hint: 'Ask for it again.' };
    const lines = linesOf({ outcome: 'failed', books: new Map(), outputs: [], safeguards: [], error });
    expect(lines).to.include('Out? Failed: nothing was delivered.');
    expect(lines).to.include('- The file has no header. Ask for it again.');
  });

  it('names the school of a breach, and folds many', () => {
    const breach = { file: 'students', limit: '30%', value: '31%', breached: true };
    const gone = { name: 'school_gone', file: 'students', limit: 'hold', value: '312', breached: true };
    const unmeasured = { name: 'max_created', limit: '25%', value: 'not measured', breached: false };
    const lines = linesOf({
      outcome: 'held',
      safeguards: [
        { ...breach, name: 'max_removed', school: '410' },
        ...Array.from({ length: 20 }, (_, at) => ({ ...gone, school: `${at}` })),
        unmeasured,
      ],
    });
    expect(lines).to.include('Breached: max_removed (students, school 410) is 31%, limit 30%');
    expect(lines).to.include('Breached: school_gone (students, school 10), 312 students last delivered');
    expect(lines.filter((line) => line.startsWith('Breached: '))).to.have.length(13);
    expect(lines).to.include('Breached: 9 more; report.html lists them');
    expect(lines).to.include('0 safeguards within their limits, 1 not measured');
  });

  it('says what waits for a person, and how to see it', () => {
    const waiting = new Map([
      ['students', { match: 2, difference: 0, reactivated: 1 }],
      ['', { safeguard: 1 }],
    ]);
    const books = emptyBooks();
    books.totals.held = 3;
    const lines = linesOf({ waiting, books: new Map([['students', books]]) }, 200);
    expect(lines).to.include(
      '- 3 records wait for a person (2 likely matches, 1 student active again): rosterferry review 20261122T093000Z-riverside-4f2a91 lists them',
    );
    expect(lines).to.include('Waiting (students): match 2, reactivated 1');
    expect(lines).to.include('Waiting: safeguard 1');
  });

  it('says who decided what, without the values', () => {
    const who = { by: 'm.lee', at: '2026-11-22T08:00:00-06:00' };
    const about = { ...who, file: 'students', student_id: '00123' };
    const lines = linesOf(
      {
        decisions: [
          { ...who, decision: 'approve', reason: 'The school closed.' },
          { ...about, decision: 'match:S-9' },
          {
            ...about,
            decision: 'corrected',
            field: 'students.DOB',
            before: '2015-03-04',
            after: '2015-04-03',
          },
          ...Array.from({ length: 10 }, () => ({ ...about, decision: 'new', reason: 'Called.' })),
        ],
      },
      120,
    );
    const at = lines.indexOf('Decided: approve, by m.lee, 2026-11-22 08:00:00 -06:00: The school closed.');
    expect(lines.slice(at + 1, at + 5)).to.deep.equal([
      'Decided about 12 records:',
      '- students, 00123: match:S-9, by m.lee, 2026-11-22 08:00:00 -06:00',
      '- students, 00123, students.DOB: corrected, by m.lee, 2026-11-22 08:00:00 -06:00',
      '- students, 00123: new, by m.lee, 2026-11-22 08:00:00 -06:00: Called.',
    ]);
    expect(lines).to.include('- and 2 more; report.html lists them');
    expect(lines.join()).to.not.include('2015');
  });
});
