import { expect } from 'chai';
import { lookupTableName } from '../../src/mapping/match-codes.ts';
import { GOOD_FILES, GOOD_MAPPING, loadProject, mistakesOf, spoil, withProject } from './project.ts';

function projectWith(
  table: string,
  codes = '{ file: ../codes/gender.csv, from: code, to: value }',
): Record<string, string> {
  const mapping = spoil(GOOD_MAPPING, '{ M: Male, F: Female }', codes);
  return { ...GOOD_FILES, 'mappings/students.yaml': mapping, 'codes/gender.csv': table };
}

function withField(field: string): Record<string, string> {
  return { ...GOOD_FILES, 'mappings/students.yaml': `${GOOD_MAPPING}  extra: ${field}\n` };
}

const LOOKUP = (key: string, value: string) =>
  `{ column: Sex, apply: [ { lookup: { file: ../codes/gender.csv, key: ${key}, value: ${value} } } ] }`;

describe('config/read-code-tables', () => {
  it('reads codes from a file, relative to the mapping that names it', async () => {
    await withProject(projectWith('note,value,code\nx,Male,01\nx,"Female, other",02\n'), async (folder) => {
      const students = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
      expect([...(students?.codeTables.get('students.gender') ?? [])]).to.deep.equal([
        ['01', 'Male'],
        ['02', 'Female, other'],
      ]);
    });
  });

  it('reads the files of lookups, each once, by the columns that they name', async () => {
    const files = withField(LOOKUP('code', 'value'));
    await withProject({ ...files, 'codes/gender.csv': 'code,value,other\nM,Male,x\n' }, async (folder) => {
      const students = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
      const name = lookupTableName({ file: '../codes/gender.csv', key: 'code', value: 'value' });
      expect([...(students?.codeTables.get(name) ?? [])]).to.deep.equal([['M', 'Male']]);
    });
  });

  it('says where in a lookup the mistake is', async () => {
    const found = await mistakesOf({
      ...withField(LOOKUP('kode', 'name')),
      'codes/gender.csv': 'code,value\nM,Male\nM,Man\n',
    });
    expect(found).to.deep.equal([
      'config_invalid mappings/students.yaml:13:78: codes/gender.csv has no column kode | Did you mean code?',
      'config_invalid mappings/students.yaml:13:91: codes/gender.csv has no column name | Known here: code, value.',
    ]);
    const missing = await mistakesOf(withField(LOOKUP('code', 'value')));
    expect(missing).to.deep.equal([
      'config_missing mappings/students.yaml:13:52: the file codes/gender.csv is not there | Create it, or mend the path.',
    ]);
  });

  it('takes a code that stands twice with one value', async () => {
    expect(await mistakesOf(projectWith('code,value\nM,Male\nM,Male\n'))).to.deep.equal([]);
  });

  const at = 'mappings/students.yaml:12';
  const WRONG: readonly [what: string, table: string, mistake: string][] = [
    [
      'a column that it lacks',
      'kode,value\nM,Male\n',
      `config_invalid ${at}:99: codes/gender.csv has no column code | Did you mean kode?`,
    ],
    [
      'a code with two values',
      'code,value\nM,Male\nM,Man\n',
      `config_invalid ${at}:72: codes/gender.csv has the code "M" twice, with different values | Keep one of the two lines.`,
    ],
    ['nothing', '', 'config_invalid codes/gender.csv:1: The table is empty: it has no header | '],
  ];
  for (const [what, table, mistake] of WRONG) {
    it(`refuses a table with ${what}`, async () => {
      const found = await mistakesOf(projectWith(table));
      expect(found).to.have.lengthOf(1);
      expect(found[0]).to.include(mistake);
    });
  }
});
