import { expect } from 'chai';
import { GOOD_FILES, GOOD_MAPPING, loadProject, mistakesOf, spoil, withProject } from './project.ts';

function projectWith(
  table: string,
  codes = '{ file: ../codes/gender.csv, from: code, to: value }',
): Record<string, string> {
  const mapping = spoil(GOOD_MAPPING, '{ M: Male, F: Female }', codes);
  return { ...GOOD_FILES, 'mappings/students.yaml': mapping, 'codes/gender.csv': table };
}

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
