import { expectMistakes, GOOD_FILES, GOOD_MAPPING, mistakesOf, spoil } from './project.ts';

/** What is wrong, the part of a right mapping, what stands there instead, and every mistake that is said. */
type Wrong = readonly [what: string, part: string, by: string, mistakes: readonly string[]];

const WRONG: readonly Wrong[] = [
  [
    'a column of no group of rows',
    'fields:\n',
    'repeats: { buses: { columns: [Bus] } }\nfields:\n  bus: { from: buses, column: Buss }\n',
    [
      'config_invalid mappings/students.yaml:11:31: fields.bus.column ("Buss") is no column of repeats.buses, which has Bus | Mend this value.',
    ],
  ],
  [
    'a choice between nothing',
    'students.name: Last_Name',
    'students.name: { column: Last_Name, apply: [{ if: { column: Gender, is: M } }] }',
    [
      'config_invalid mappings/students.yaml:11:49: fields."students.name".apply[1].if needs then or else: without either the value stays as it is | Mend this value.',
    ],
  ],
  [
    'a step of a field that says no type',
    'students.name: Last_Name',
    'students.name: { column: Last_Name, apply: [trimm] }',
    ['config_invalid mappings/students.yaml:11:47: fields."students.name".apply[1] is "trimm"…'],
  ],
  [
    'the steps of a field that is carried as it stands',
    'students.name: Last_Name',
    'students.name: { type: direct, column: Last_Name, apply: [trim] }',
    [
      'config_invalid mappings/students.yaml:11:53: fields."students.name" has no key apply | It belongs to type: transformation or do_not_map.',
    ],
  ],
  [
    'places without a word on the header',
    'write: { file: "students_{date}.csv" }',
    'write: { file: s.txt, fixed_width: [[students.id, 9], [students.name, 9], [students.gender, 9]] }',
    ['config_invalid mappings/students.yaml:3:1: write lacks header: …'],
  ],
  [
    'a record',
    'record: students',
    'record: student',
    [
      'config_invalid mappings/students.yaml:2:9: record is "student", but must be students, contacts, schools, staff, courses, course_requests, enrollments or other | Did you mean students?',
    ],
  ],
  [
    'no record',
    'record: students\n',
    '',
    [
      'config_invalid mappings/students.yaml:1:1: the file lacks record | Add it: students, contacts, schools, staff, courses, course_requests, enrollments or other.',
    ],
  ],
  [
    'an encoding',
    'record:',
    'read: { encoding: latin-99 }\nrecord:',
    ['config_invalid mappings/students.yaml:2:19: read.encoding is "latin-99": not the name of an encoding…'],
  ],
  [
    'a delimiter',
    'record:',
    'read: { delimiter: "" }\nrecord:',
    [
      'config_invalid mappings/students.yaml:2:20: read.delimiter is "", but must not be blank | Mend this value.',
    ],
  ],
  [
    'no write',
    'write: { file: "students_{date}.csv" }\n',
    '',
    ['config_invalid mappings/students.yaml:1:1: the file lacks write | Add it: a map with file.'],
  ],
  [
    'a token',
    '{date}',
    '{dat}',
    ['config_invalid mappings/students.yaml:3:16: write.file is "students_{dat}.csv": {dat} is no token…'],
  ],
  [
    'a folder',
    'students_',
    'x/',
    ['config_invalid mappings/students.yaml:3:16: write.file is "x/{date}.csv": a file name, without…'],
  ],
  [
    'line ending',
    '{date}.csv"',
    '{date}.csv", line_ending: cf',
    [
      'config_invalid mappings/students.yaml:3:52: write.line_ending is "cf", but must be lf, crlf or cr | Mend this value.',
    ],
  ],
  [
    'formulas',
    '{date}.csv"',
    '{date}.csv", formulas: escpe',
    [
      'config_invalid mappings/students.yaml:3:49: write.formulas is "escpe", but must be keep, escape or reject | Did you mean escape?',
    ],
  ],
  [
    'no id',
    '  id: Student_Number\n',
    '',
    ['config_invalid mappings/students.yaml:4:1: identity lacks id | Add it: text or a list.'],
  ],
  [
    'no status',
    '  status: Enroll_Status\n',
    '',
    ['config_invalid rosterferry.yaml:9:5: The policy active_or_age_eligible needs identity.status…'],
  ],
  [
    'no birth date',
    '  birth_date: { column: DOB, format: M/d/yyyy }\n',
    '',
    ['config_invalid rosterferry.yaml:9:5: The age rule needs identity.birth_date…'],
  ],
  [
    'a date format',
    'M/d/yyyy',
    'MM/DD/YYYY',
    ['config_invalid mappings/students.yaml:7:38: identity.birth_date.format ("MM/DD/YYYY") is mistaken…'],
  ],
  [
    'no format',
    ', format: M/d/yyyy',
    '',
    ['config_invalid mappings/students.yaml:7:3: identity.birth_date lacks format | Add it: text or a list.'],
  ],
  [
    'identity key',
    'school:',
    'scool:',
    ['config_invalid mappings/students.yaml:8:3: identity has no key scool | Did you mean school?'],
  ],
  [
    'type',
    'type: direct',
    'type: drect',
    [
      'config_invalid mappings/students.yaml:10:24: fields."students.id".type is "drect", but must be direct, transformation, match_codes or do_not_map | Did you mean direct?',
    ],
  ],
  [
    'required',
    'required: true',
    'required: maybe',
    [
      'config_invalid mappings/students.yaml:10:66: fields."students.id".required is "maybe", but must be true or false | Mend this value.',
    ],
  ],
  [
    'a number for a column',
    'Last_Name',
    '5',
    [
      'config_invalid mappings/students.yaml:11:18: fields."students.name" is 5, but must be text, a list, a map with column, a map with apply, a map with column and codes or a map with type | Mend this value.',
    ],
  ],
  [
    'an unknown transformation',
    'Last_Name',
    '{ type: transformation, column: A, apply: [ uper ] }',
    [
      'config_invalid mappings/students.yaml:11:62: fields."students.name".apply[1] is "uper", which is not known | Did you mean upper?',
    ],
  ],
  [
    'a transformation without its settings',
    'Last_Name',
    '{ type: transformation, column: A, apply: [ { pad_left: { length: 4, wth: "0" } } ] }',
    [
      'config_invalid mappings/students.yaml:11:87: fields."students.name".apply[1].pad_left has no key wth | Did you mean with?',
    ],
  ],
  [
    'a text for a step',
    'Last_Name',
    '{ type: transformation, column: A, apply: upper }',
    [
      'config_invalid mappings/students.yaml:11:60: fields."students.name".apply is "upper", but must be a list | Write it as a list: ["upper"].',
    ],
  ],
  [
    'no steps',
    'Last_Name',
    '{ type: transformation, column: A, apply: [] }',
    [
      'config_invalid mappings/students.yaml:11:53: fields."students.name".apply is an empty list, but must have at least 1 entry | Mend this value.',
    ],
  ],
  [
    'a pattern',
    'Last_Name',
    '{ column: A, pattern: "(" }',
    [
      'config_invalid mappings/students.yaml:11:40: fields."students.name".pattern is "(": this is no regular expression…',
    ],
  ],
  [
    'no codes',
    'codes: { M: Male, F: Female }',
    'ignore_case: true',
    [
      'config_invalid mappings/students.yaml:12:3: fields."students.gender" lacks codes | Add it: a map with file and from and to or a map.',
    ],
  ],
  [
    'otherwise',
    'F: Female }',
    'F: Female }, otherwise: rejct',
    [
      'config_invalid mappings/students.yaml:12:99: fields."students.gender".otherwise is "rejct", but must be reject, blank, keep or a map with value | Did you mean reject?',
    ],
  ],
  [
    'a code file that is not there',
    '{ M: Male, F: Female }',
    '{ file: codes.csv, from: a, to: b }',
    [
      'config_missing mappings/students.yaml:12:72: the file mappings/codes.csv is not there | Create it, or mend the path.',
    ],
  ],
  [
    'a default that the field refuses',
    'required: true',
    'max_length: 2, default: abc',
    [
      'config_invalid mappings/students.yaml:10:80: fields."students.id".default ("abc") is refused by the field itself…',
    ],
  ],
  [
    'no fields',
    'fields:\n',
    'x:\n',
    [
      'config_invalid mappings/students.yaml:1:1: the file lacks fields | Add it: a map.',
      'config_invalid mappings/students.yaml:9:1: the file has no key x | Known here: version, title, record, read, write, identity, repeats, fields, preset.',
    ],
  ],
  [
    'a repeated field',
    'students.name',
    'students.id',
    [
      'config_invalid mappings/students.yaml:11:3: the key stands here a second time in the same map | Mend the line that is named.',
    ],
  ],
];

describe('a wrong mapping', () => {
  for (const [what, part, by, mistakes] of WRONG) {
    it(`is told by file, line and column: ${what}`, async () => {
      const files = { ...GOOD_FILES, 'mappings/students.yaml': spoil(GOOD_MAPPING, part, by) };
      expectMistakes(await mistakesOf(files), mistakes);
    });
  }
});
