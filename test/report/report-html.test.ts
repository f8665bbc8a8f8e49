import { createHash } from 'node:crypto';
import { expect } from 'chai';
import fc from 'fast-check';
import { buildReport, type ReportFacts } from '../../src/report/build-report.ts';
import { openChangeSamples } from '../../src/report/change-samples.ts';
import { type ExceptionSummary, openExceptionGroups } from '../../src/report/exception-groups.ts';
import type { ExceptionRow } from '../../src/report/exceptions-csv.ts';
import { REPORT_STYLE, REPORT_STYLE_SHA256 } from '../../src/report/page/report-style.ts';
import { NO_DETAILS } from '../../src/report/report-details.ts';
import { renderReportHtml } from '../../src/report/report-html.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { contrast } from './contrast.ts';
import { sampleFacts } from './sample-facts.ts';

function exceptionOf(value: string, given: Partial<ExceptionRow> = {}): ExceptionRow {
  const row = {
    file: 'students',
    row: 1,
    line: 2,
    studentId: '1',
    field: 'f',
    code: 'bad_date',
    message: 'm',
  };
  return { ...row, value, ...given };
}

function summaryOf(rows: readonly ExceptionRow[]): ExceptionSummary {
  const groups = openExceptionGroups();
  for (const row of rows) groups.add(row);
  return groups.summary(false);
}

function render(given: Partial<ReportFacts> = {}, rows: readonly ExceptionRow[] = []): string {
  return renderReportHtml(buildReport(sampleFacts(given)), { ...NO_DETAILS, exceptions: summaryOf(rows) });
}

/** Every tag of the page with its attributes, to see that a value adds none. */
function tagsOf(page: string): string[] {
  return page.replace(REPORT_STYLE, '').match(/<[a-zA-Z!/][^>]*>/g) ?? [];
}

describe('report/report-html', () => {
  it('allows its own style by hash, and nothing else', () => {
    const page = render();
    expect(createHash('sha256').update(REPORT_STYLE).digest('base64')).to.equal(REPORT_STYLE_SHA256);
    expect(page).to.include(`<style>${REPORT_STYLE}</style>`);
    expect(page).to.include(
      `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${REPORT_STYLE_SHA256}'; base-uri 'none'; form-action 'none'">`,
    );
    expect(page.indexOf('Content-Security-Policy')).to.be.lessThan(page.indexOf('<style>'));
  });

  it('needs nothing from outside and runs nothing', () => {
    const page = render({}, [exceptionOf('x')]);
    expect(page).to.not.match(
      /<script|<link|<img|<iframe|<object|<form|\ssrc=|\sstyle=|\son\w+=|url\(|@import/i,
    );
    const links = [...page.matchAll(/\shref="([^"]*)"/g)].map(([, link = '']) => link);
    expect(links).to.include('exceptions.csv');
    for (const link of links) expect(link).to.match(/^(#[a-z]+|(exceptions|changes)\.csv|report\.json)$/);
  });

  it('answers the three questions first', () => {
    const page = render();
    const first = page.slice(0, page.indexOf('<nav'));
    expect(first).to.include('Delivered: 4,575 rows in 1 file.');
    expect(first).to.include('Yes. Every one of 5,000 rows read is accounted for.');
    expect(first).to.include('Have 12 rejected rows mended at the source');
  });

  it('shows the books, reasons, codes with their meaning, limits and hashes', () => {
    const page = render();
    expect(page).to.include('<th scope="row">ineligible</th><td class="number">412</td>');
    expect(page).to.include('<th scope="row">age</th><td class="number">391</td><td class="soft">');
    expect(page).to.include('The status is listed neither as active nor as inactive.');
    expect(page).to.match(/max_rejected[\s\S]+<td class="number">5%<\/td><td class="number">0\.2%<\/td>/);
    expect(page).to.include(`<code>${'a'.repeat(64)}</code>`);
    expect(page).to.include('students: The file has gained the column Homeroom.');
    expect(page).to.include('Active students, and others of age 5 to 21 on 09-01, are carried.');
  });

  it('can be walked by a screen reader', () => {
    const page = render({}, [exceptionOf('x')]);
    expect(page).to.include('<html lang="en">');
    expect(page.match(/<h1>/g)).to.have.length(1);
    const tables = page.match(/<table[ >]/g)?.length ?? 0;
    expect(tables).to.be.greaterThan(4);
    expect(page.match(/<caption>[^<]+<\/caption>/g)).to.have.length(tables);
    for (const heading of page.match(/<th(?!ead)[^>]*>/g) ?? [])
      expect(heading).to.match(/scope="(row|col|rowgroup)"/);
    const labels = [...page.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label);
    expect(new Set(labels).size).to.equal(labels.length);
    expect(page).to.match(
      /<svg class="flow wide"[^>]* role="img" aria-labelledby="flow-0-wide-title flow-0-wide-desc">/,
    );
    expect(page).to.match(/<title id="flow-0-wide-title">students: where 5,000 rows went<\/title>/);
  });

  it('closes what it opens', () => {
    const open: string[] = [];
    for (const tag of tagsOf(render({}, [exceptionOf('x')]))) {
      const [, slash, name = ''] = /^<(\/?)([a-z0-9]*)/i.exec(tag) ?? [];
      if (name === '' || name === 'meta' || name === 'br' || tag.endsWith('/>')) continue;
      if (slash === '/') expect(open.pop()).to.equal(name);
      else open.push(name);
    }
    expect(open).to.deep.equal([]);
  });

  const hostile = [
    '<img src=x onerror=alert(1)>',
    '"><script>alert(1)</script>',
    "'><svg/onload=alert(1)>",
    '</style><script>alert(1)</script>',
    '{{constructor.constructor("x")()}}',
    '<!--',
    'line\u2028separator',
    'abc\u202etxt.exe',
    '&lt;b&gt;',
    '\0\u001b[2J',
  ];
  for (const value of hostile) {
    it(`shows ${JSON.stringify(value)} as text wherever it stands`, () => {
      const plain = tagsOf(renderEverywhere('plain'));
      const page = renderEverywhere(value);
      expect(tagsOf(page)).to.deep.equal(plain);
      expect(page).to.not.match(/[[\p{Cc}\p{Cf}\p{Zl}]--\n]/v);
    });
  }

  it('adds no tag for any value', () => {
    const plain = tagsOf(render({}, [exceptionOf('plain')]));
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('<', '>', '"', "'", '&', 'a', '/', '!', '-', '=', ' ', ';') }),
        (value) => {
          expect(tagsOf(render({}, [exceptionOf(value)]))).to.deep.equal(plain);
        },
      ),
    );
  });

  it('shows the causes in the fix order, with the first rows of each and the values that repeat', () => {
    const page = render({}, [
      ...Array.from({ length: 30 }, (_, at) => exceptionOf('N/A', { studentId: `d${at}.` })),
      exceptionOf('', { code: 'field_count', field: '', message: 'The row has 9 fields' }),
    ]);
    expect(page.indexOf('The row has 9 fields')).to.be.lessThan(page.indexOf('N/A'));
    expect(page).to.include('<span class="value">N/A</span> <small>30 rows</small>');
    expect(page).to.include('6 of 31; exceptions.csv has all of them');
    expect(page).to.include('d4.').and.not.include('d5.');
  });

  it('is made where exceptions.csv or changes.csv cannot be read, and says so', () => {
    const details = { ...NO_DETAILS, exceptions: undefined, changes: undefined };
    const page = renderReportHtml(buildReport(sampleFacts()), details);
    expect(page).to.include('425 rows should stand in exceptions.csv, but none of them could be read there.');
    expect(page).to.include('changes.csv could not be read.');
  });

  it('cuts what is long, and says how long it is', () => {
    const page = render({}, [exceptionOf('x'.repeat(1_000_000))]);
    expect(page.length).to.be.lessThan(100_000);
    expect(page).to.include('x ... (1,000,000 characters)');
  });

  it('shows what waits, where the removed are, and which school is gone', () => {
    const { books } = sampleFacts();
    const [students] = books.values();
    if (students) Object.assign(students, { removed: { absent: 312, ineligible: 0 } });
    const page = render({
      books,
      waiting: new Map([
        ['students', { match: 2, difference: 0 }],
        ['', { safeguard: 1 }],
      ]),
      safeguards: [
        { name: 'school_gone', file: 'students', school: '410', limit: 'hold', value: '312', breached: true },
        { name: 'max_created', limit: '25%', value: 'not measured', breached: false },
      ],
    });
    expect(page).to.include('<h3>Waiting for a person</h3>');
    expect(page).to.include('<th scope="row">match</th><td class="number">2</td><td class="number">0</td>');
    expect(page).to.include('>the run</th>').and.not.include('<th scope="row">difference</th>');
    expect(page).to.include('changes.csv lists each, as removed');
    expect(page).to.include('<td>students, school 410</td>');
    expect(page).to.include('<td class="number">not measured</td><td>not asked</td>');
  });

  it('shows decisions about records beside those about the run, with their values', () => {
    const who = { by: 'm.lee', at: '2026-11-22T08:00:00-06:00' };
    const corrected = { ...who, decision: 'corrected', file: 'students', student_id: '00123' };
    const page = render({
      decisions: [
        { ...who, decision: 'approve', reason: 'Seen.' },
        { ...corrected, field: 'students.DOB', before: '2015-03-04', after: '2015-04-03' },
      ],
    });
    expect(page.match(/What people decided about/g)).to.have.length(4);
    expect(page).to.include(
      '<th scope="row">corrected</th><td>students</td><td class="given"><span class="value">00123</span></td><td>students.DOB</td><td class="given"><span class="value">2015-03-04</span></td><td class="given"><span class="value">2015-04-03</span></td><td>m.lee</td>',
    );
    const many = render({ decisions: Array.from({ length: 201 }, () => corrected) });
    expect(many).to.include('the first 200 of 201; report.json has all of them');
  });

  it('tells a held run what it waits for, and how to go on', () => {
    const page = render({
      outcome: 'held',
      heldReasons: ['students: 30 of 100 rows rejected (30%); max_rejected allows 5%.'],
      safeguards: [{ name: 'max_rejected', file: 'students', limit: '5%', value: '30%', breached: true }],
    });
    expect(page).to.include('students: 30 of 100 rows rejected (30%)');
    expect(page).to.include('rosterferry approve 20261122T093000Z-riverside-4f2a91');
    expect(page).to.include('<td class="breached">breached</td>');
  });

  it('tells a failed run why, without books', () => {
    const error = { code: 'missing_column', message: 'No column DOB.', hint: 'Mend the mapping.' };
    const page = render({ outcome: 'failed', books: new Map(), outputs: [], safeguards: [], error });
    expect(page).to.include('Failed: nothing was delivered.');
    expect(page).to.include('No column DOB. Mend the mapping.');
    expect(page).to.include('There are no books');
    expect(page).to.not.include('The books</h3>');
  });

  it('keeps its colours readable, by day and in the dark', () => {
    const [light = '', dark = ''] = REPORT_STYLE.split('prefers-color-scheme: dark');
    for (const scheme of [light, dark.slice(0, dark.indexOf('}'))]) {
      const colours = new Map(
        [...scheme.matchAll(/--(\w+): (#\w{6})/g)].map(([, name = '', colour = '']) => [name, colour]),
      );
      const inks = ['text', 'soft', 'link', 'good', 'bad', 'waits', 'plain'];
      for (const ground of ['paper', 'ground'])
        for (const ink of inks)
          expect(
            contrast(colours.get(ink) ?? '', colours.get(ground) ?? ''),
            `${ink} on ${ground}`,
          ).to.be.at.least(4.5);
    }
  });
});

/** Also where the page shows what lies beside report.json. */
function renderEverywhere(value: string): string {
  const report = buildReport(sampleFacts(everywhere(value)));
  const changes = openChangeSamples();
  changes.add({ studentId: value, change: value, field: value, before: value, after: value });
  changes.add({ studentId: value, change: 'created', field: '', before: '', after: '' });
  return renderReportHtml(report, {
    exceptions: summaryOf([exceptionEverywhere(value), exceptionEverywhere(value), exceptionOf(value)]),
    changes: changes.summary(false),
    past: [report, report],
    mapping: [{ file: value, sizeBytes: 1, sha256: value, text: value }],
  });
}

function everywhere(value: string): Partial<ReportFacts> {
  const facts = sampleFacts();
  const [input] = facts.inputs;
  const [output] = facts.outputs;
  if (!input || !output) throw new Error('the sample has files');
  const books = emptyBooks();
  return {
    run: { ...facts.run, id: value, connection: value },
    inputs: [
      { ...input, name: value, file: value, encoding: value, notices: [{ code: 'c', message: value }] },
    ],
    outputs: [{ ...output, name: value, file: value }],
    books: new Map([
      [
        value,
        { ...books, totals: { ...books.totals, ineligible: 1 }, ineligible: { ...books.ineligible, age: 1 } },
      ],
    ]),
    safeguards: [{ name: value, file: value, school: value, limit: value, value, breached: true }],
    decisions: [
      { decision: value, by: value, at: value, reason: value },
      {
        ...{ decision: value, by: value, at: value, reason: value },
        ...{ file: value, student_id: value, field: value, before: value, after: value },
      },
    ],
    waiting: new Map([[value, { match: 1 }]]),
    outcome: 'held',
    heldReasons: [value],
    notices: [{ code: value, message: value, file: value }],
    lane: value,
    settings: { [value]: value },
    error: { code: value, message: value, hint: value },
    program: { version: value, node: value },
  };
}

function exceptionEverywhere(value: string): ExceptionRow {
  return exceptionOf(value, { file: value, studentId: value, field: value, code: value, message: value });
}
