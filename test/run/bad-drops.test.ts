import { join } from 'node:path';
import { expect } from 'chai';
import iconv from 'iconv-lite';
import { verifyPath } from '../../src/archive/verify-archive.ts';
import type { Report } from '../../src/report/schema.ts';
import { makeProject, type Project } from '../builders/project.ts';

const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade\n';
const row = (id: number, last = 'Lee') => `${id},${last},Ann,5/1/2015,F,A,10,5\n`;
const many = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => row(index + from)).join('');

let project: Project;
async function carry(content: string | Uint8Array): Promise<Report> {
  await project.drop({ 'students.csv': content });
  return (await project.carry()).report;
}

const fatal: [string, string | Uint8Array, { code: string; line?: number; column?: number }][] = [
  [
    'a missing column',
    `${HEADER.replace('DOB', 'Birth')}${row(1)}`,
    { code: 'missing_column', line: 1, column: 1 },
  ],
  [
    'a duplicate header',
    `${HEADER.replace('First', 'Last')}${row(1)}`,
    { code: 'duplicate_column', line: 1, column: 3 },
  ],
  [
    'an unclosed quote at row 2 of 100,000',
    `${HEADER}${row(1)}2,"Lee,Ann,5/1/2015,F,A,10,5\n${many(100_000, 3)}`,
    { code: 'unclosed_quote', line: 3, column: 2 },
  ],
  [
    'a row without end',
    `${HEADER}${row(1)}2,${'x'.repeat(5 << 20)}`,
    { code: 'record_too_long', line: 3, column: 2 },
  ],
  ['an empty file', '', { code: 'empty_file', line: 1, column: 1 }],
  ['a truncated last row', `${HEADER}${many(50)}51,Lee,An`, { code: 'truncated_file', line: 52, column: 3 }],
  [
    'a quote in the middle of a value',
    `${HEADER}${row(1)}2,Le"e,Ann,5/1/2015,F,A,10,5\n`,
    { code: 'malformed_quote', line: 3, column: 2 },
  ],
];

describe('bad drops', () => {
  beforeEach(async () => {
    project = await makeProject();
  });
  afterEach(() => project.remove());

  for (const [what, content, expected] of fatal) {
    it(`${what}: fails with its place; nothing is delivered and nothing lost`, async () => {
      const report = await carry(content);
      expect(report.run.outcome).to.equal('failed');
      expect(report.error?.code).to.equal(expected.code);
      expect(report.error?.place).to.deep.equal({
        file: 'students.csv',
        line: expected.line,
        column: expected.column,
      });
      expect(report.error?.hint).not.to.equal('');
      expect([report.outputs, report.totals.students?.delivered]).to.deep.equal([[], 0]);
      expect(await project.names(project.outbound)).to.deep.equal([]);
      const sealed = join(project.folder, 'archive/north/2026/11', report.run.id);
      expect(await project.read(join(sealed, 'inbound/students.csv'))).to.equal(
        Buffer.from(content).toString(),
      );
      expect((await verifyPath(sealed)).problems).to.deep.equal([]);
      expect(await project.names(join(project.folder, 'archive/.open'))).to.deep.equal([]);
    });
  }

  it('a file with nothing but a header is held: it is no empty district', async () => {
    const report = await carry(HEADER);
    expect(report.run.outcome).to.equal('held');
    expect(report.safeguards.find(({ breached }) => breached)).to.include({ name: 'min_rows', value: '0' });
  });

  const rejecting: [string, string, string][] = [
    ['an unknown status', row(1).replace(',A,', ',Q,'), 'unknown_status'],
    ['a status of blank', row(1).replace(',A,', ', ,'), 'blank_status'],
    ['an impossible date', row(1).replace('5/1/2015', '2/30/2015'), 'bad_date'],
    [
      'an impossible birth date where age decides',
      row(1).replace('5/1/2015', '2/30/2015').replace(',A,', ',I,'),
      'bad_birth_date',
    ],
    [
      'a blank birth date where age decides',
      row(1).replace('5/1/2015', '').replace(',A,', ',I,'),
      'bad_birth_date',
    ],
    ['an unknown code', row(1).replace(',F,', ',Q,'), 'unknown_code'],
    ['a required field that is blank', row(1, ' '), 'required'],
    ['too few fields', '1,Lee\n', 'field_count'],
    ['a blank id', row(1).replace('1,', ' ,'), 'blank_id'],
  ];
  for (const [what, line, code] of rejecting) {
    it(`${what} rejects the row, names its line, and lets the others go`, async () => {
      const report = await carry(`${HEADER}${row(7)}${line}`);
      expect(report.rejected.students).to.deep.equal({ [code]: 1 });
      expect(report.totals.students).to.include({ read: 2, rejected: 1, carried: 1, delivered: 1 });
      const sealed = join(project.folder, 'archive/north/2026/11', report.run.id);
      expect(await project.read(join(sealed, 'exceptions.csv'))).to.match(
        new RegExp(`\\r\\nstudents.csv,2,3,.*${code}`),
      );
    });
  }

  for (const encoding of ['windows-1252', 'utf-16le', 'utf-16be']) {
    it(`reads ${encoding} and writes UTF-8`, async () => {
      const report = await carry(
        iconv.encode(`${HEADER}${row(1, 'O’Brien-Núñez')}`, encoding, {
          addBOM: encoding !== 'windows-1252',
        }),
      );
      expect(report.inputs[0]?.encoding).to.equal(encoding);
      expect(await project.read(join(project.outbound, 'students_2026-11-22.csv'))).to.include(
        'O’Brien-Núñez',
      );
    });
  }

  it('an identical row counts once; rows that contradict each other are believed neither', async () => {
    const report = await carry(`${HEADER}${row(1)}${row(1)}${row(2)}${row(2, 'Li')}${row(3)}`);
    expect(report.totals.students).to.include({ read: 5, duplicate: 1, rejected: 2, carried: 2 });
    expect(report.rejected.students).to.deep.equal({ conflicting_duplicate: 2 });
  });

  it('takes a conflicting row back out of the drafted file, whatever stands around it', async () => {
    await carry(`${HEADER}${row(1)}${row(2)}${row(3)}${row(2, 'Li')}${row(4)}`);
    const ids = (await project.read(join(project.outbound, 'students_2026-11-22.csv')))
      .split('\r\n')
      .map((line) => line.split(',')[0]);
    expect(ids).to.deep.equal(['student_id', '1', '3', '4', '']);
  });
});
