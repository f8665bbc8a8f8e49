import { expect } from 'chai';
import { GOOD_CONFIG, GOOD_FILES, GOOD_MAPPING, mistakesOf, spoil } from './project.ts';

const CONTACTS = `version: 1
record: contacts
write: { file: "contacts.csv" }
identity: { id: Student_Number }
fields: { contacts.name: Name }
`;

function withSecondFile(mapping: string, students = GOOD_MAPPING): Record<string, string> {
  const line = '      students: { match: "students*.csv", mapping: mappings/students.yaml }\n';
  const more = '      contacts: { match: "contacts*.csv", mapping: mappings/contacts.yaml }\n';
  const config = spoil(GOOD_CONFIG, line, line + more);
  return {
    ...GOOD_FILES,
    'rosterferry.yaml': config,
    'mappings/students.yaml': students,
    'mappings/contacts.yaml': mapping,
  };
}

describe('config/find-contradictions', () => {
  it('takes contacts beside their students', async () => {
    expect(await mistakesOf(withSecondFile(CONTACTS))).to.deep.equal([]);
  });

  it('takes fields from a file of the connection, from what its own mapping repeats, and from no other', async () => {
    const withField = (from: string, more = '') =>
      withSecondFile(CONTACTS, `${GOOD_MAPPING}  extra: { from: ${from}, column: Name }\n${more}`);
    expect(await mistakesOf(withField('contacts'))).to.deep.equal([]);
    const repeats = 'repeats: { buses: { columns: [ Name ] } }\n';
    expect(await mistakesOf(withField('buses', repeats))).to.deep.equal([]);
    expect(await mistakesOf(withField('contact'))).to.deep.equal([
      'config_invalid mappings/students.yaml:13:18: fields.extra.from names contact, which is no file of riverside | Did you mean contacts?',
    ]);
    expect((await mistakesOf(withField('students'))).join()).to.include('the mapping itself reads');
  });

  it('reads a file a second time that comes with the drop, and no other', async () => {
    const again = (first: string) => {
      const files = withSecondFile(GOOD_MAPPING.replace('students_{date}', 'roles'));
      const config = files['rosterferry.yaml'] ?? '';
      return { ...files, 'rosterferry.yaml': spoil(config, 'match: "contacts*.csv"', `same_as: ${first}`) };
    };
    expect(await mistakesOf(again('students'))).to.deep.equal([]);
    expect((await mistakesOf(again('student'))).join()).to.match(
      /files\.contacts is to be the same file as student, which is no file of riverside \| Did you mean students\?/,
    );
    expect((await mistakesOf(again('contacts'))).join()).to.include('which is itself the same as another');
  });

  it('has two files in one outbound file only where both are written alike', async () => {
    const into = (name: string, other = GOOD_MAPPING) => {
      const files = withSecondFile(other);
      const config = spoil(
        files['rosterferry.yaml'] ?? '',
        'contacts.yaml }',
        `contacts.yaml, into: ${name} }`,
      );
      return mistakesOf({ ...files, 'rosterferry.yaml': config });
    };
    expect(await into('students')).to.deep.equal([]);
    expect((await into('student')).join()).to.match(
      /no file with an outbound file of its own \| Did you mean students\?/,
    );
    const differs = GOOD_MAPPING.replace('write: {', 'write: { delimiter: tab,');
    expect((await into('students', differs)).join()).to.include('the two mappings write differently');
    const more = `${GOOD_MAPPING}  extra: Name\n`;
    expect((await into('students', more)).join()).to.match(
      /column \d+ is extra in the one and not there in the other/,
    );
  });

  it('refuses contacts without a file of students', async () => {
    const found = await mistakesOf({ ...GOOD_FILES, 'mappings/students.yaml': CONTACTS });
    expect(found).to.deep.equal([
      'config_invalid rosterferry.yaml:8:7: contacts are carried with their students, but no file of riverside has a mapping with record: students | Add the file of the students, or write record: other to carry every row.',
    ]);
  });

  describe('reconcile.match', () => {
    const SIS = GOOD_MAPPING.replace(/identity: .*/, 'identity: { id: Student_Number }');
    const withSis = (options: { match?: string; line?: string; students?: string } = {}) => {
      const { match = 'against: sis', line = '', students = GOOD_MAPPING } = options;
      const files = withSecondFile(SIS, students);
      const config = (files['rosterferry.yaml'] ?? '')
        .replace('contacts: { match: "contacts*.csv"', `sis: { match: "sis*.csv"${line}`)
        .concat(`    reconcile: { match: { ${match}, identify: [State_ID] } }\n`);
      return { ...files, 'rosterferry.yaml': config };
    };

    it('asks of the reference file nothing that is asked of files that are carried', async () => {
      expect(await mistakesOf(withSis())).to.deep.equal([]);
    });

    it('refuses a reference file that is not of the drop, or not of every drop', async () => {
      expect((await mistakesOf(withSis({ match: 'against: siss' }))).join()).to.include(
        'reconcile.match.against names siss, which is no file of riverside | Did you mean sis?',
      );
      const optional = await mistakesOf(withSis({ line: ', required: false' }));
      expect(optional.join()).to.match(
        /^config_invalid rosterferry.yaml:9:\d+: sis has the students of the other side/,
      );
    });

    it('refuses to match where there are no students', async () => {
      const students = spoil(GOOD_MAPPING, 'record: students', 'record: other');
      expect((await mistakesOf(withSis({ students }))).join()).to.include(
        'names sis, and no other file of riverside has a mapping with record: students',
      );
    });
  });

  it('asks no statuses where there are no students', async () => {
    const mapping = spoil(CONTACTS, 'record: contacts', 'record: schools');
    const config = spoil(GOOD_CONFIG, 'statuses: { active: ["0"], inactive: ["1"] }', 'unused: 1').replace(
      '      unused: 1\n',
      '',
    );
    expect(await mistakesOf({ 'rosterferry.yaml': config, 'mappings/students.yaml': mapping })).to.deep.equal(
      [],
    );
  });

  it('refuses two files that would be delivered under one name', async () => {
    const found = await mistakesOf(withSecondFile(spoil(CONTACTS, 'contacts.csv', 'Students_{date}.CSV')));
    expect(found).to.deep.equal([
      'config_invalid rosterferry.yaml:9:52: the files students and contacts of riverside would both be delivered as Students_{date}.CSV | Give one of them another name under write.file of its mapping, or write into: students beside it to have both in one file.',
    ]);
  });

  it('asks for the columns that the rules of eligibility read', async () => {
    const config = spoil(GOOD_CONFIG, 'eligibility:\n', 'eligibility:\n      schools: { default: [] }\n');
    const mapping = spoil(spoil(GOOD_MAPPING, '  school: SchoolID\n', ''), '  status: Enroll_Status\n', '');
    const found = await mistakesOf({ 'rosterferry.yaml': config, 'mappings/students.yaml': mapping });
    expect(found.map((line) => line.split(' the mapping')[0])).to.deep.equal([
      'config_invalid rosterferry.yaml:9:5: The policy active_or_age_eligible needs identity.status in',
      'config_invalid rosterferry.yaml:9:5: schools needs identity.school in',
    ]);
  });

  it('asks for statuses where nothing is said of eligibility at all', async () => {
    const start = GOOD_CONFIG.indexOf('    eligibility:');
    const config = GOOD_CONFIG.slice(0, start) + GOOD_CONFIG.slice(GOOD_CONFIG.indexOf('    safeguards:'));
    const [found] = await mistakesOf({ ...GOOD_FILES, 'rosterferry.yaml': config });
    expect(found).to.match(
      /^config_invalid rosterferry.yaml:5:3: The policy active_or_age_eligible needs statuses/,
    );
  });

  it('asks for the column of the school where schools are measured', async () => {
    const config = spoil(GOOD_CONFIG, 'max_removed: 10%', 'per_school: { max_removed: 30% }');
    const mapping = spoil(GOOD_MAPPING, '  school: SchoolID\n', '');
    expect(await mistakesOf({ ...GOOD_FILES, 'rosterferry.yaml': config })).to.deep.equal([]);
    expect(await mistakesOf({ 'rosterferry.yaml': config, 'mappings/students.yaml': mapping })).to.deep.equal(
      [
        'config_invalid rosterferry.yaml:12:19: safeguards.per_school of riverside measures schools, but no mapping names the column of the school | Add identity.school to the mapping of the students, or take per_school out.',
      ],
    );
  });
});
