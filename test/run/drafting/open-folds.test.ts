import { join } from 'node:path';
import { expect } from 'chai';
import { makeProject, type Project, STUDENTS_MAPPING } from '../../builders/project.ts';

const REPEATS = `repeats: { contacts: { columns: [ Contact, Phone ], order_by: Order, at_most: 2 } }
`;
const FIELDS = `  school: School
  c1: { from: contacts, nth: 1, column: Contact }
  c1phone: { from: contacts, nth: 1, column: Phone }
  c2: { from: contacts, nth: 2, column: Contact, default: none }
`;
const HEADER = 'ID,Last,First,DOB,Gender,Status,School,Grade,Main,Contact,Phone,Order,Bus';

/** The rows of a student: what is the same in all, then what each has of its own. */
function rowsOf(id: string, ...ends: string[]): string[] {
  return ends.map((end) => `${id},Lee,Ann,5/1/2015,F,A,10,5,${end}`);
}

describe('run/drafting/open-folds', () => {
  let project: Project;
  afterEach(() => project.remove());

  /** The lines of exceptions.csv as row, line, student, field, code. */
  async function night(rows: readonly string[]) {
    await project.drop({ 'students.csv': `${[HEADER, ...rows].join('\n')}\n` });
    const { report, folder } = await project.carry();
    const exceptions = (await project.read(join(folder, 'exceptions.csv')))
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',').slice(1, 6).join(','));
    return { report, folder, exceptions };
  }

  async function linesOf(folder: string): Promise<string[]> {
    const text = await project.read(join(folder, 'outbound/students_2026-11-22.csv'));
    return text.trimEnd().split('\r\n').slice(1);
  }

  describe('with repeats', () => {
    beforeEach(async () => {
      const mapping = STUDENTS_MAPPING.replace('fields:', `${REPEATS}fields:`) + FIELDS;
      project = await makeProject({ mappings: { 'students.yaml': mapping } });
    });

    it('makes one record of the rows of a student, wherever they stand', async () => {
      const [dad = '', mum = '', gran = ''] = rowsOf('1', 'Y,Dad,222,2,', 'Y,Mum,111,1,', 'Y,Gran,333,3,');
      const { report, folder, exceptions } = await night([dad, ...rowsOf('2', 'Y,Solo,444,1,'), mum, gran]);
      expect(report.totals.students).to.include({ read: 4, carried: 2, duplicate: 2, delivered: 2 });
      expect(report.balanced).to.equal(true);
      const ends = (await linesOf(folder)).map((line) => line.split(',').slice(-3).join(','));
      expect(ends).to.deep.equal(['Mum,111,Dad', 'Solo,444,none']);
      expect(exceptions).to.deep.equal([]);
      const said = report.inputs[0]?.notices?.map(({ code, message }) => `${code} ${message.slice(0, 2)}`);
      expect(said).to.include.members(['rows_folded 2 ', 'repeats_cut 1 ']);
    });

    it('lets rows differ in a column that nothing reads', async () => {
      const { report } = await night(rowsOf('1', 'Y,Mum,111,1,red bus', 'N,Dad,222,2,blue bus'));
      expect(report.totals.students).to.include({ carried: 1, duplicate: 1 });
    });

    it('believes none of the rows that differ in what they must agree in, and names the column', async () => {
      const rows = [...rowsOf('1', 'Y,Mum,111,1,', 'Y,Dad,222,2,'), ...rowsOf('2', 'Y,Solo,444,1,')];
      const { report, folder, exceptions } = await night([
        ...rows,
        rows[0]?.replace(',Ann,', ',Anna,') ?? '',
      ]);
      expect(report.rejected?.students).to.deep.equal({ conflicting_duplicate: 3 });
      const code = 'conflicting_duplicate';
      expect(exceptions).to.deep.equal([`1,2,1,,${code}`, `2,3,1,,${code}`, `4,5,1,,${code}`]);
      expect(await project.read(join(folder, 'exceptions.csv'))).to.include('differ in First, and');
    });

    it('takes a student for changed when one contact is', async () => {
      await night(rowsOf('1', 'Y,Mum,111,1,', 'Y,Dad,222,2,'));
      const { report, folder } = await night(rowsOf('1', 'Y,Mum,119,1,', 'Y,Dad,222,2,'));
      expect(report.totals.students).to.include({ updated: 1, unchanged: 0 });
      expect(await project.read(join(folder, 'changes.csv'))).to.include('1,updated,c1phone,111,119');
    });

    it('keeps the last record of a student one of whose rows is broken', async () => {
      await night([...rowsOf('1', 'Y,Mum,111,1,', 'Y,Dad,222,2,'), ...rowsOf('2', 'Y,Solo,444,1,')]);
      const second = [...rowsOf('1', 'Y,Mum,119,1,', 'Y,Dad'), ...rowsOf('2', 'Y,Solo,444,1,')];
      const { report, folder } = await night(second);
      expect(report.rejected?.students).to.deep.equal({ beside_broken: 1, field_count: 1 });
      expect(report.totals.students).to.include({ carried: 1, carried_forward: 1, delivered: 2 });
      expect((await linesOf(folder)).join()).to.include('Mum,111,Dad');
    });

    it('counts a row that stands twice once', async () => {
      const { report } = await night(rowsOf('1', 'Y,Mum,111,1,', 'Y,Mum,111,1,'));
      expect(report.totals.students).to.include({ read: 2, carried: 1, duplicate: 1 });
    });
  });

  describe('with identity.primary', () => {
    beforeEach(async () => {
      const primary = 'identity: { primary: { column: Main, is: "Y" }, ';
      const mapping = `${STUDENTS_MAPPING.replace('identity: {', primary)}  school: School\n`;
      project = await makeProject({ mappings: { 'students.yaml': mapping } });
    });

    it('carries a student who is at two schools as one of the primary school', async () => {
      const [other = '', main = ''] = rowsOf('1', 'N,,,,', 'Y,,,,');
      const { report, folder, exceptions } = await night([other.replace(',10,5,', ',20,5,'), main]);
      expect(report.totals.students).to.include({ read: 2, carried: 1, duplicate: 1, delivered: 1 });
      expect((await linesOf(folder)).join()).to.match(/,10$/);
      expect(exceptions).to.deep.equal(['1,2,1,,not_primary']);
    });

    it('believes neither row where two are primary and differ', async () => {
      const [one = '', two = ''] = rowsOf('1', 'Y,,,,', 'Y,,,,');
      const { report } = await night([one, two.replace(',10,5,', ',20,5,')]);
      expect(report.rejected?.students).to.deep.equal({ conflicting_duplicate: 2 });
    });
  });
});
