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
});
