import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { GOOD_CONFIG, spoil, withProject } from '../config/project.ts';
import { rosterferry } from './rosterferry.ts';

const EXTRACT = `Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status,Remark_Code
000101,Cruz,Maria,3/25/2015,F,5,410,0,=1+1
000102,O'Brien,José,12/31/2014,M,6,410,-1,A
000103,Null,Ana,1/2/2012,F,9,420,0,A
`;
const NAMES = /Cruz|O'Brien|Maria|José|Ana/;

function withExtract<Answer>(work: (cwd: string) => Promise<Answer>): Promise<Answer> {
  return withProject({ 'extract.csv': EXTRACT }, work);
}

describe('rosterferry inspect', () => {
  it('needs no configuration, fits the width, and shows no name', () =>
    withExtract(async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['inspect', 'extract.csv'], { cwd });
      expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
      expect(stdout)
        .to.match(/^encoding +utf-8$/m)
        .and.to.match(/^delimiter +comma$/m)
        .and.to.match(/^rows +3$/m);
      expect(stdout).to.match(/^DOB +date +100% +3 +8-10 +M\/d\/yyyy$/m);
      expect(stdout).to.match(/^Gender +code +100% +2 +1 +F \(2\), M \(1\)$/m);
      expect(stdout).not.to.match(NAMES);
      for (const line of stdout.split('\n')) expect(line.length, line).to.be.at.most(100);
      const shown = await rosterferry(['inspect', 'extract.csv', '--values'], { cwd });
      expect(shown.stdout).to.match(/^Last_Name .*Cruz \(1\)/m);
    }));

  it('prints one document with --json', () =>
    withExtract(async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['--json', 'inspect', 'extract.csv'], { cwd });
      expect({ exit, stderr }).to.deep.equal({ exit: 0, stderr: '' });
      const document = JSON.parse(stdout);
      expect(document).to.include({
        file: 'extract.csv',
        encoding: 'utf-8',
        delimiter: ',',
        rows: 3,
        stopped: null,
      });
      expect(document.columns[4]).to.deep.include({
        name: 'Gender',
        type: 'code',
        fill_rate: 1,
        distinct: 2,
        values: [
          { value: 'F', count: 2 },
          { value: 'M', count: 1 },
        ],
      });
      expect(document.columns[3]).to.include({ type: 'date', date_format: 'M/d/yyyy' });
      expect(stdout).not.to.match(NAMES);
    }));

  it('prints codes as CSV that a spreadsheet does not run, with -1 as it is', () =>
    withExtract(async (cwd) => {
      const statuses = await rosterferry(['inspect', 'extract.csv', '--codes', 'Enroll_Status'], { cwd });
      expect(statuses.stdout).to.equal('code,count\r\n0,2\r\n-1,1\r\n');
      const json = await rosterferry(['--json', 'inspect', 'extract.csv', '--codes', 'Enroll_Status'], {
        cwd,
      });
      expect(JSON.parse(json.stdout).codes[1]).to.deep.equal({ code: '-1', count: 1 });
      const remarks = await rosterferry(['inspect', 'extract.csv', '--codes', 'Remark_Code'], { cwd });
      expect(parse(remarks.stdout)).to.deep.equal([
        ['code', 'count'],
        ['A', '2'],
        ["'=1+1", '1'],
      ]);
    }));

  it('names the nearest column, and the nearest preset', () =>
    withExtract(async (cwd) => {
      const column = await rosterferry(['inspect', 'extract.csv', '--codes', 'Gendre'], { cwd });
      expect(column.exit).to.equal(2);
      expect(column.stderr).to.equal(
        'error[config_invalid]: extract.csv: The file has no column "Gendre". Did you mean Gender?\n',
      );
      const preset = await rosterferry(['inspect', 'extract.csv', '--draft-mapping', 'generic/student'], {
        cwd,
      });
      expect(preset.exit).to.equal(2);
      expect(preset.stderr).to.include('There is no preset generic/student. Did you mean generic/students?');
      const none = await rosterferry(['inspect', 'nowhere.csv'], { cwd });
      expect([none.exit, none.stderr]).to.deep.equal([
        2,
        'error[usage]: There is no file nowhere.csv. Check the path.\n',
      ]);
    }));

  it('drafts a mapping that check accepts', () =>
    withProject(
      {
        'rosterferry.yaml': spoil(GOOD_CONFIG, 'inactive: ["1"]', 'inactive: ["-1"]'),
        'inbound/students.csv': EXTRACT,
        'outbound/.gitkeep': '',
      },
      async (cwd) => {
        const draft = await rosterferry(['inspect', 'inbound/students.csv', '--draft-mapping', 'generic'], {
          cwd,
        });
        expect([draft.exit, draft.stderr]).to.deep.equal([
          0,
          'drafted for generic/students; nothing is left open\n',
        ]);
        await mkdir(join(cwd, 'mappings'), { recursive: true });
        await writeFile(join(cwd, 'mappings/students.yaml'), draft.stdout);
        const check = await rosterferry(['check'], { cwd });
        expect([check.exit, check.stderr]).to.deep.equal([0, '']);
      },
    ));

  it('shows what came before a break, and ends with the error of the file', () =>
    withProject({ 'cut.csv': 'Student_ID,Last_Name,DOB\n1,Cruz,3/25/2015\n2,Lee' }, async (cwd) => {
      const { exit, stdout, stderr } = await rosterferry(['inspect', 'cut.csv'], { cwd });
      expect(exit).to.equal(3);
      expect(stdout).to.match(/^rows +1$/m);
      expect(stderr).to.match(/^error\[truncated_file\]: cut\.csv:3:2: /);
    }));

  it('refuses two questions at once', () =>
    withExtract(async (cwd) => {
      const args = ['inspect', 'extract.csv', '--codes', 'Gender', '--draft-mapping', 'generic'];
      const { exit, stderr } = await rosterferry(args, { cwd });
      expect(exit).to.equal(2);
      expect(stderr).to.include('cannot be given together');
    }));
});
