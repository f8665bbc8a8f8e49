import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { type AppError, AppErrors } from '../../../src/errors/app-error.ts';
import { replaceMappings } from '../../../src/run/replaying/replay-mapping.ts';
import {
  CONNECTION,
  CONTACTS_MAPPING,
  makeProject,
  type Project,
  STUDENTS_MAPPING,
} from '../../builders/project.ts';
import { faultOf } from '../../doubles/fault-of.ts';

const FILES = `
  students: { match: "students*.csv", mapping: students.yaml }
  contacts: { match: "contacts*.csv", required: false, mapping: contacts.yaml }
  guardians: { match: "guardians*.csv", required: false, mapping: guardians.yaml }
eligibility:`;

describe('run/replay-mapping', () => {
  let project: Project;
  before(async () => {
    project = await makeProject({
      connection: CONNECTION.replace(/files:[\s\S]*eligibility:/, `files:${FILES}`),
      mappings: {
        'guardians.yaml': CONTACTS_MAPPING.replace('contacts.csv', 'guardians.csv'),
        'new.yaml': STUDENTS_MAPPING.replace('first_name: First', 'first_name: Given'),
        'people.yaml': CONTACTS_MAPPING.replace('contacts.csv', 'people.csv'),
        'a=b.yaml': STUDENTS_MAPPING,
        'schools.yaml': CONTACTS_MAPPING.replace('record: contacts', 'record: schools'),
        'wrong.yaml': STUDENTS_MAPPING.replace('column: Gender, codes', 'colum: Gender, codes'),
        'ageless.yaml': STUDENTS_MAPPING.replace(/birth_date: \{[^}]*\}, /, ''),
        'clash.yaml': CONTACTS_MAPPING.replace('contacts.csv', 'guardians.csv'),
      },
    });
    await mkdir(join(project.folder, 'folder.yaml'));
  });
  after(() => project.remove());

  const replace = (...written: string[]) =>
    project.withTools((connection) => {
      const { folder } = project;
      return replaceMappings(connection, { written, folder, dropped: ['students', 'contacts'] });
    });

  async function told(...written: string[]): Promise<string> {
    const { code, message, hint, place } = await faultOf(replace(...written)).catch((thrown: unknown) => {
      const [first] = thrown instanceof AppErrors ? thrown.errors : [];
      if (!first) throw thrown;
      return first satisfies AppError;
    });
    const where = place ? [place.file, place.line, place.column].filter(Boolean).join(':') : '';
    return `${code} ${where} ${message}. ${hint}`;
  }

  it('takes the file of its record, or the one that is named', async () => {
    const { files } = await replace('new.yaml', 'contacts=people.yaml');
    expect([...files.keys()]).to.deep.equal(['students', 'contacts', 'guardians']);
    expect(files.get('students')?.mapping.fields.first_name).to.include({ column: 'Given' });
    expect(files.get('students')?.settings.match).to.equal('students*.csv');
    expect(files.get('contacts')?.mappingPath).to.equal(join(project.folder, 'people.yaml'));
    expect((await replace('a=b.yaml')).files.get('students')?.mappingPath).to.contain('a=b.yaml');
    expect((await replace(join(project.folder, 'a=b.yaml'))).files.get('students')?.mappingPath).to.contain(
      'a=b',
    );
    expect((await replace()).files.get('students')?.mappingPath).to.contain('students.yaml');
  });

  it('asks for which file it is where its record does not say it', async () => {
    expect(await told('people.yaml')).to.equal(
      'usage  people.yaml is a mapping of contacts, and north has 2 such files. Say for which one: --mapping contacts=people.yaml, or --mapping guardians=people.yaml.',
    );
    expect(await told('schools.yaml')).to.equal(
      'usage  schools.yaml is a mapping of schools, and north has no file of that record. It has students (students), contacts (contacts), guardians (contacts); --mapping NAME=FILE says for which one it is meant.',
    );
    expect(await told('staff=new.yaml')).to.equal(
      'usage  --mapping staff=new.yaml does not name a file of north and its mapping. Write --mapping NAME=FILE, where NAME is one of: students, contacts, guardians.',
    );
    expect(await told('guardians=people.yaml')).to.equal(
      'usage  people.yaml is for guardians, and the drop of that run had no such file. It had students, contacts.',
    );
    expect(await told('new.yaml', 'students=new.yaml')).to.contain(
      'usage  --mapping names two mappings for students',
    );
  });

  it('says where a mapping is wrong, as any other', async () => {
    expect(await told('wrong.yaml')).to.match(/^config_invalid wrong\.yaml:\d+:\d+ .*Did you mean column\?/);
    expect(await told('none.yaml')).to.equal(
      'config_missing none.yaml the file none.yaml is not there. Create it, or mend the path.',
    );
    expect(await told('folder.yaml')).to.contain('folder.yaml is a folder and no file');
    expect(await told('ageless.yaml')).to.match(/^config_invalid .*birth_date/);
    expect(await told('contacts=clash.yaml')).to.contain('would both be delivered as guardians.csv');
  });
});
