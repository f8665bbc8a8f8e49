import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { compileMapping } from '../../src/mapping/compile-mapping.ts';
import { mappingSchemaOf } from '../../src/mapping/schema.ts';
import { readSchema } from '../../src/parse/schema.ts';
import { writeSchema } from '../../src/render/schema.ts';
import { sampleMappings } from '../../src/sample/config.ts';
import type { DistrictContents } from '../../src/sample/contents.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { schoolYearOf } from '../../src/time/school-year.ts';
import { type Cells, type Judgement, judgeStudents, readRows } from './read-district.ts';

const DATE = '2026-11-22';
const DAY = { date: DATE, time: '023000', schoolYear: schoolYearOf(DATE, '07-01') };
/** What the mapping, and no room before it, finds in the rows of the sample. */
const FOUND_BY_MAPPING = ['bad_date', 'required', 'unknown_code'] as const;

function compile(record: 'students' | 'contacts', header: Cells) {
  const { content } = sampleMappings()[record === 'students' ? 0 : 1] ?? { content: '' };
  const mapping = mappingSchemaOf({ read: readSchema.prefault({}), write: writeSchema }).parse(
    parse(content),
  );
  expect(mapping.record).to.equal(record);
  return compileMapping(mapping, {
    day: DAY,
    find: (ref) => {
      const at = header.indexOf(typeof ref === 'string' ? ref : (ref[0] ?? ''));
      expect(at, String(ref)).to.be.at.least(0);
      return (values) => values[at] ?? '';
    },
  });
}

describe('sample mappings', () => {
  let folder: string;
  let contents: DistrictContents;
  let judged: Judgement;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'rosterferry-sample-'));
    contents = await writeNight(folder, { seed: 4, students: 3000, night: 1, businessDate: DATE });
    judged = judgeStudents(folder, '2026-09-01');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('carries every sound student, and finds in the others what was announced', () => {
    const [header = [], ...rows] = readRows(folder, 'students.csv');
    const mapping = compile('students', header);
    const found: Record<string, number> = {};
    for (const row of rows) {
      const record = mapping.map(row);
      if (Array.isArray(record)) continue;
      expect(judged.carried.has(row[0] ?? 'none')).to.equal(false);
      const codes = record.findings.map((finding) => finding.code);
      // Of others the age is asked first, and a row without an id or of a wrong length never comes this far.
      if (row[9] !== '0' || row[0] === '' || row.length !== header.length) continue;
      found[codes.join()] = (found[codes.join()] ?? 0) + 1;
    }
    const { rejectedBy } = contents.students.expected;
    for (const code of FOUND_BY_MAPPING) expect(found[code], code).to.equal(rejectedBy[code]);
    expect(Object.keys(found).sort()).to.deep.equal(FOUND_BY_MAPPING);
  });

  it('writes students as the import wants them', () => {
    const [header = []] = readRows(folder, 'students.csv');
    const mapping = compile('students', header);
    expect(mapping.targets.length).to.equal(24);
    const records = [...judged.carried.values()].map((row) => mapping.map(row));
    const all = (target: string) => {
      const at = mapping.targets.indexOf(target);
      return records.map((record) => (Array.isArray(record) ? (record[at] ?? '') : ''));
    };
    for (const day of all('students.DOB')) expect(day).to.match(/^\d{4}-\d\d-\d\d$/);
    for (const phone of all('students.phone')) expect(phone).to.match(/^$|^\(\d{3}\) 555-01\d\d$/);
    for (const email of all('students.email')) expect(email).to.equal(email.toLowerCase());
    expect(new Set(all('students.sis_school_year'))).to.deep.equal(new Set(['2026']));
    expect(all('students.lname')).to.include.members(['Null', 'NA']);
    expect(all('students.zip')).to.include('02138');
    expect(all('students_annual.grade')).to.include.members(['PK', 'K', '12']);
  });

  it('carries every contact', () => {
    const [header = [], ...rows] = readRows(folder, 'contacts.csv');
    const mapping = compile('contacts', header);
    for (const row of rows) expect(Array.isArray(mapping.map(row))).to.equal(true);
  });
});
