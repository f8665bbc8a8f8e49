import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { listPresets, loadPresets } from '../../src/cli/load-preset.ts';
import { mappingSchema } from '../../src/config/load-mapping.ts';
import { draftMapping, type MappingDraft } from '../../src/inspect/draft-mapping.ts';
import { isRecord, type Preset } from '../../src/inspect/preset.ts';
import { profileFile } from '../../src/inspect/profile-file.ts';
import { writeNight } from '../../src/sample/write-district.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

const newFolder = useTempFolders();

async function presetOf(name: string): Promise<Preset> {
  const [preset] = await loadPresets(name);
  if (!preset) throw new Error(`no preset ${name}`);
  return preset;
}

async function draftOf(content: string, preset: string | Preset = 'generic/students'): Promise<MappingDraft> {
  const path = join(await newFolder(), 'file.csv');
  await writeFile(path, content);
  const wanted = typeof preset === 'string' ? await presetOf(preset) : preset;
  return draftMapping(await profileFile({ path, file: 'file.csv' }), wanted);
}

/** The draft as the mapping that it is. */
function checked({ text }: MappingDraft) {
  return mappingSchema.parse(parse(text));
}

function fieldOf(draft: MappingDraft, target: string): Record<string, unknown> {
  const field: unknown = checked(draft).fields[target];
  return isRecord(field) ? field : {};
}

function openOf(draft: MappingDraft): string[] {
  return draft.open.map((one) => one.where);
}

const POWERSCHOOL = `Student_Number,Last_Name,First_Name,DOB,Gender,Grade_Level,SchoolID,Enroll_Status
000101,Cruz,Maria,3/25/2015,F,0,410,0
000102,O'Brien,José,12/31/2014,M,1,410,2
000103,Lee,Ana,1/2/2012,F,2,420,0
`;

describe('inspect/draft-mapping', () => {
  it('lets what the preset fills a blank with stand in for a column that the file has not', async () => {
    const draft = await draftOf(POWERSCHOOL, 'schoolmint-enroll/students');
    expect(fieldOf(draft, 'students_annual.sis_entrydate')).to.deep.include({
      apply: [{ name: 'today', options: { format: 'yyyy-MM-dd' } }],
      required: true,
    });
    expect(openOf(draft)).to.not.include('fields.students_annual.sis_entrydate');
  });

  it('maps the sample district, and says exactly what is left', async () => {
    const folder = await newFolder();
    await writeNight(folder, { seed: 7, students: 400, night: 0, businessDate: '2026-11-22' });
    const drafts = await Promise.all(
      ['students', 'contacts'].map(async (name) =>
        draftMapping(
          await profileFile({ path: join(folder, `${name}.csv`), file: `${name}.csv` }),
          await presetOf(`generic/${name}`),
        ),
      ),
    );
    const [students, contacts] = drafts;
    if (!students || !contacts) throw new Error('two drafts');
    for (const where of openOf(students)) expect(where).to.match(/^fields\.(?:grade|status|gender)\.codes\./);
    expect(openOf(students)).to.include('fields.grade.codes.-1');
    expect(checked(students).identity).to.deep.equal({
      id: 'Student_Number',
      status: 'Enroll_Status',
      birth_date: { column: 'DOB', format: ['M/d/yyyy'] },
      school: 'SchoolID',
      grade: 'Grade_Level',
    });
    expect(students.unused).to.deep.equal(['Ethnicity', 'LEP', 'SpEd', 'Lunch_Status', 'Notes']);
    expect(openOf(contacts)).to.deep.equal([]);
    expect(fieldOf(contacts, 'last_name')).to.include({ column: 'Contact_Name_Last' });
    expect(checked(contacts).identity).to.deep.equal({ id: 'Student_Number' });
  });

  it('marks each open place in the text, once', async () => {
    const draft = await draftOf(POWERSCHOOL.replace(',0,410', ',-1,410').replace(',2\n', ',9\n'));
    expect(openOf(draft)).to.deep.equal(['fields.grade.codes.-1', 'fields.status.codes.9']);
    expect(draft.text.match(/# \?/g)).to.have.length(draft.open.length);
    expect(draft.text).to.match(/^# 2 places are left to you/m);
    expect(fieldOf(draft, 'status').codes).to.deep.equal({ '0': 'active', '9': '' });
  });

  it('reads dates in the format that was found, and says where it is open', async () => {
    const draft = await draftOf(POWERSCHOOL);
    expect(draft.text).to.include('birth_date: { column: DOB, format: M/d/yyyy }');
    const open = await draftOf('Student_ID,Last_Name,DOB\n1,Cruz,3/4/2015\n2,Lee,5/6/2014\n');
    expect(openOf(open)).to.include.members(['identity.birth_date', 'fields.birth_date']);
    expect(open.text).to.include('M/d/yyyy or d/M/yyyy: the values do not tell which');
  });

  it('asks about blanks in required fields, and about blank columns of dates', async () => {
    const rows = Array.from(
      { length: 20 },
      (_, index) => `${index + 100},Cruz,3/${index + 9}/2015,${index % 2 ? 'I' : ''},\n`,
    );
    const draft = await draftOf(`STU.ID,STU.LN,STU.BD,STU.TG,STU.LD\n${rows.join('')}`);
    expect(draft.text).to.include('# ? required, but blank in 50% of the rows');
    expect(draft.text).to.include('rosterferry.yaml: "I" (10), blank (10)');
    expect(draft.text).to.match(/exit_date: .*from: M\/d\/yyyy.*# \? the column is blank/);
  });

  it('says which other columns may be meant', async () => {
    const draft = await draftOf('Student_ID,Last_Name,Legal_Last_Name,DOB\n1,Cruz,Cruz,3/25/2015\n');
    expect(draft.open.find((one) => one.where === 'fields.last_name')?.candidates).to.deep.equal([
      'Legal_Last_Name',
    ]);
    const rivals = await draftOf('Student_ID,Surname,LName,DOB\n1,Cruz,Cruz,3/25/2015\n');
    expect(rivals.open.find((one) => one.where === 'fields.last_name')?.candidates).to.deep.equal(['LName']);
  });

  it('does not take a column whose values are something else', async () => {
    const draft = await draftOf(
      'Student_ID,Last_Name,Status,DOB\n1,Cruz,3/25/2015,4/26/2015\n2,Lee,3/26/2015,4/27/2015\n',
    );
    expect(fieldOf(draft, 'status').type).to.equal('do_not_map');
  });

  it('finds by the look of the values what no header says, and asks', async () => {
    const rows = Array.from(
      { length: 40 },
      (_, index) => `${10_000 + index},Cruz,3/${(index % 28) + 1}/2015,s${index}@a.org`,
    );
    const draft = await draftOf(`${rows.join('\n')}\n`);
    expect(fieldOf(draft, 'student_id')).to.include({ column: 'Column_1' });
    expect(fieldOf(draft, 'birth_date')).to.include({ column: 'Column_3' });
    expect(fieldOf(draft, 'email')).to.include({ column: 'Column_4' });
    expect(checked(draft).identity.id).to.equal('Column_1');
    expect(openOf(draft)).to.include.members([
      'read',
      'identity.id',
      'fields.student_id',
      'fields.last_name',
    ]);
    expect(checked(draft).read.header).to.have.length(4);
  });

  it('writes how the file is read where it is not the usual way', async () => {
    const rows = "1;'Cruz; Maria';NULL\n2;'Lee; Ana';3/25/2015\n3;'Al; B';NULL\n";
    const draft = await draftOf(`Made today;;\n'Student_ID';'Last_Name';'DOB'\n${rows}`);
    expect(checked(draft).read).to.include({ delimiter: ';', quote: "'", skip_lines: 1 });
    expect(checked(draft).read.null).to.deep.equal(['NULL']);
  });

  it('leaves out columns that no mapping can name', async () => {
    const draft = await draftOf('Student_ID,Last_Name,Last_Name,DOB,\n1,Cruz,Lee,3/25/2015,x\n');
    expect(fieldOf(draft, 'last_name').type).to.equal('do_not_map');
    expect(draft.unused).to.include.members(['Last_Name', 'Column_5']);
  });

  it('carries over what a preset says beside its columns', async () => {
    const preset: Preset = {
      name: 'a/students',
      title: 'A',
      record: 'students',
      write: { file: 'a.csv' },
      identity: { id: 'student_id' },
      fields: {
        'students.student_district_id': { column: 'student_id', required: true, max_length: 15 },
        'students.lname': 'last_name',
        'students.name': { apply: [{ template: '{last_name}, {first_name}' }] },
        'students.year': { type: 'transformation', apply: ['school_year'] },
        'students.both': { apply: [{ join: ['last_name', 'nowhere'] }] },
        'students.locker': { type: 'do_not_map' },
        'students.gender': { column: 'gender', codes: { M: 'Male', F: 'Female' }, otherwise: 'blank' },
      },
    };
    const draft = await draftOf(POWERSCHOOL, preset);
    expect(fieldOf(draft, 'students.student_district_id')).to.include({
      column: 'Student_Number',
      max_length: 15,
      required: true,
    });
    expect(draft.text).to.include('{ template: "{Last_Name}, {First_Name}" }');
    expect(fieldOf(draft, 'students.year').type).to.equal('transformation');
    expect(fieldOf(draft, 'students.both').type).to.equal('do_not_map');
    expect(openOf(draft)).to.deep.equal(['fields.students.both']);
    expect(draft.unused).to.deep.equal(['DOB', 'Grade_Level', 'SchoolID', 'Enroll_Status']);
    expect(fieldOf(draft, 'students.gender')).to.deep.include({
      otherwise: 'blank',
      codes: { F: 'Female', M: 'Male' },
    });
  });

  it('has presets that are mappings themselves, of which a file of their own names leaves nothing open', async () => {
    const names = await listPresets();
    expect(names).to.include.members(['generic/contacts', 'generic/students']);
    for (const name of names.filter((one) => one.startsWith('generic/'))) {
      const preset = await presetOf(name);
      const draft = await draftOf(`${Object.keys(preset.fields).join(',')}\n`, preset);
      expect(
        openOf(draft).filter(
          (where) => !/codes|gender|grade|status|birth_date|_date$|relationship|lives|pick/.test(where),
        ),
        name,
      ).to.deep.equal([]);
    }
  });
});
