/** A drop that is large enough for every thread: who reads, who writes the outbound file, who hashes what is staged. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { makeProject, type Project, STUDENTS_MAPPING } from '../builders/project.ts';

const NOTES = 'n'.repeat(4000);
const STUDENTS = 10_000;
const MAPPING = `${STUDENTS_MAPPING}  notes: Notes\n`;

/** On the second night some names are others, some students are gone, and some rows stand twice. */
function rowsOf(night: 1 | 2): string[] {
  const rows: string[] = [];
  for (let at = 1; at <= STUDENTS; at++) {
    if (night === 2 && at % 501 === 0) continue;
    const last = night === 2 && at % 97 === 0 ? 'Fern, "J"' : `Moss${at}`;
    const quoted = /[",]/.test(last) ? `"${last.replaceAll('"', '""')}"` : last;
    // Neither active nor of age.
    const [year, status] = at % 50 === 0 ? [1990, 'G'] : [2015, 'A'];
    const row = `${at},${quoted},Ann,5/${(at % 28) + 1}/${year},F,${status},410,5,${NOTES}`;
    rows.push(row);
    if (night === 2 && at % 1999 === 0) rows.push(row);
  }
  return rows;
}

/** What the rows come to by the mapping, told without it. */
function deliveredOf(rows: readonly string[]): string {
  const lines = [...new Set(rows)].flatMap((row) => {
    const [, id, last, day, status] = /^(\d+),(".*"|\w+),Ann,5\/(\d+)\/\d+,F,(\w),/.exec(row) ?? [];
    return status === 'A' ? [`${id},${last},Ann,2015-05-${day?.padStart(2, '0')},Female,${NOTES}`] : [];
  });
  return `${['student_id,last_name,first_name,birth_date,gender,notes', ...lines].join('\r\n')}\r\n`;
}

const digestOf = (text: string) => createHash('sha256').update(text).digest('hex');

describe('a large drop', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({ mappings: { 'students.yaml': MAPPING } });
  });
  after(() => project.remove());

  it('goes out as it would by one thread, on the first night and on the second', async () => {
    for (const night of [1, 2] as const) {
      const rows = rowsOf(night);
      await project.drop({
        'students.csv': `ID,Last,First,DOB,Gender,Status,School,Grade,Notes\r\n${rows.join('\r\n')}\r\n`,
      });
      await setTimeout(20);
      const { report } = await project.carry({ businessDate: `2026-11-2${night}` });
      const expected = deliveredOf(rows);
      expect(expected.length).to.be.greaterThan(36 << 20);
      expect(report.run.outcome).to.equal('delivered');
      expect(report.balanced).to.equal(true);
      const sent = await project.read(join(project.outbound, `students_2026-11-2${night}.csv`));
      expect(digestOf(sent)).to.equal(digestOf(expected));
      expect(report.outputs.map(({ sha256 }) => sha256)).to.deep.equal([digestOf(expected)]);
      if (night === 2) {
        expect(report.totals.students).to.deep.include({ duplicate: 5, updated: 101 });
        expect(report.totals.students?.unchanged).to.be.greaterThan(9000);
      }
    }
  }).timeout(60_000);
});
