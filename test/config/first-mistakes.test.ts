/** What people type wrong on their first day, and what they then read. */
import { expect } from 'chai';
import {
  expectMistakes,
  GOOD_CONFIG,
  GOOD_FILES,
  GOOD_MAPPING,
  loadProject,
  mistakesOf,
  spoil,
  withProject,
} from './project.ts';

const CONFIG: readonly [what: string, part: string, by: string, mistake: string][] = [
  [
    'a pattern that begins with a star, without quotes',
    'match: "students*.csv"',
    'match: *.csv',
    'config_invalid rosterferry.yaml:8:26: a text that begins with * must stand in quotes; without them it is an alias, and no anchor (&) has its name | Mend the line that is named.',
  ],
  [
    'a duration without its unit',
    'path: inbound }',
    'path: inbound, ready: { quiet: 5 } }',
    'config_invalid rosterferry.yaml:6:59: connections.riverside.source.ready.quiet is 5, but must be a number and a unit: 500ms, 5s, 10m, 36h, 2d | Mend this value.',
  ],
  [
    'a limit that is neither a percentage nor a whole number',
    'max_removed: 10%',
    'max_removed: 5.5',
    'config_invalid rosterferry.yaml:12:32: connections.riverside.safeguards.max_removed is 5.5, but must be a percentage such as 5%, or a whole number | Mend this value.',
  ],
  [
    'an abbreviation for a time zone',
    'timezone: America/Chicago',
    'timezone: CST',
    'config_invalid rosterferry.yaml:2:11: timezone is "CST": no time zone of the IANA database, which has names such as America/Chicago | Did you mean America/Chicago?',
  ],
  [
    'a folder for a mapping',
    'mapping: mappings/students.yaml',
    'mapping: mappings',
    'config_missing rosterferry.yaml:8:52: mappings is a folder and no file | Mend the path.',
  ],
];

const MAPPING: readonly [what: string, part: string, by: string, mistake: string][] = [
  [
    'a word for a delimiter that is none',
    'record: students\n',
    'record: students\nread: { delimiter: tabulator }\n',
    'config_invalid mappings/students.yaml:3:20: read.delimiter is "tabulator": no delimiter: write the character itself, or comma, semicolon, tab or pipe | Mend this value.',
  ],
  [
    'two characters between the fields of the outbound file',
    'write: { file: "students_{date}.csv" }',
    'write: { file: "students_{date}.csv", delimiter: "||" }',
    'config_invalid mappings/students.yaml:3:50: write.delimiter is "||": no delimiter: write the character itself, or comma, semicolon, tab or pipe | Mend this value.',
  ],
];

describe('a mistake of the first day', () => {
  for (const [what, part, by, mistake] of CONFIG)
    it(`${what}`, async () => {
      const files = { ...GOOD_FILES, 'rosterferry.yaml': spoil(GOOD_CONFIG, part, by) };
      expectMistakes(await mistakesOf(files), [mistake]);
    });
  for (const [what, part, by, mistake] of MAPPING)
    it(`${what}`, async () => {
      const files = { ...GOOD_FILES, 'mappings/students.yaml': spoil(GOOD_MAPPING, part, by) };
      expectMistakes(await mistakesOf(files), [mistake]);
    });

  it('is not the name of a delimiter', () =>
    withProject(
      {
        ...GOOD_FILES,
        'mappings/students.yaml': spoil(
          GOOD_MAPPING,
          'write: { file: "students_{date}.csv" }',
          "read: { delimiter: tab }\nwrite: { file: a.csv, delimiter: '\\t' }",
        ),
      },
      async (folder) => {
        const { connections } = await loadProject(folder);
        const mapping = connections.get('riverside')?.files.get('students')?.mapping;
        expect([mapping?.read.delimiter, mapping?.write.delimiter]).to.deep.equal(['\t', '\t']);
      },
    ));
});
