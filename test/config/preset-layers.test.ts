import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { rosterferry } from '../cli/rosterferry.ts';
import {
  expectMistakes,
  GOOD_CONFIG,
  GOOD_FILES,
  loadProject,
  mistakesOf,
  spoil,
  withProject,
} from './project.ts';

const BASE = `version: 1
title: The district's own
record: students
read: { delimiter: tab }
write: { file: base.csv, delimiter: "|" }
identity: { id: Student_Number, birth_date: { column: DOB, format: M/d/yyyy }, school: SchoolID, status: Enroll_Status }
fields:
  id: { type: direct, column: Student_Number, required: true }
  gender: { type: match_codes, column: Gender, codes: { file: codes/gender.csv, from: code, to: value } }
  locker: Locker
  grade: { type: match_codes, column: Grade, codes: { 01: First, null: None } }
`;

const OVER = `version: 1
preset: ours/students
write: { file: "students_{date}.csv" }
identity: { id: ID }
fields:
  zip: Zip
  locker: { type: do_not_map }
  id: ID
`;

const FILES = {
  ...GOOD_FILES,
  'presets/ours/students.yaml': BASE,
  'presets/ours/codes/gender.csv': 'code,value\nM,Male\nF,Female\n',
  'mappings/students.yaml': OVER,
};

describe('config/preset-layers', () => {
  it('lays what a mapping says over the preset: fields one by one in their order, read, write and identity key by key', () =>
    withProject(FILES, async (folder) => {
      const { connections } = await loadProject(folder);
      const loaded = connections.get('riverside')?.files.get('students');
      expect(loaded?.mapping).to.not.have.property('preset');
      expect(loaded?.mapping.title).to.equal("The district's own");
      expect(loaded?.mapping.read.delimiter).to.equal('\t');
      expect(loaded?.mapping.write).to.include({ file: 'students_{date}.csv', delimiter: '|' });
      expect(loaded?.mapping.identity).to.deep.include({ id: 'ID', school: 'SchoolID' });
      expect(Object.keys(loaded?.mapping.fields ?? {})).to.deep.equal([
        'id',
        'gender',
        'locker',
        'grade',
        'zip',
      ]);
      expect(loaded?.mapping.fields.id).to.deep.include({ column: 'ID', required: false });
      expect(loaded?.mapping.fields.locker).to.deep.include({ type: 'do_not_map' });
      expect(loaded?.codeTables.get('gender')?.get('F')).to.equal('Female');
    }));

  it('says of each part in which file it stands', () =>
    withProject(FILES, async (folder) => {
      const loaded = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
      const placeOf = (...path: string[]) => {
        const { file = '', line } = loaded?.placeInMapping(path) ?? { file: '' };
        return `${file.replace(`${folder}/`, '')}:${line}`;
      };
      expect(placeOf('fields', 'zip')).to.equal('mappings/students.yaml:6');
      expect(placeOf('fields', 'gender', 'codes')).to.equal('presets/ours/students.yaml:9');
      expect(placeOf('write', 'delimiter')).to.equal('presets/ours/students.yaml:5');
      expect(placeOf('write')).to.equal('mappings/students.yaml:3');
      expect(placeOf('record')).to.equal('presets/ours/students.yaml:3');
      expect(placeOf('nowhere')).to.equal('mappings/students.yaml:1');
    }));

  it('writes the merged mapping out, so that it can be kept and says the same by itself', () =>
    withProject(FILES, async (folder) => {
      const loaded = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
      const text = loaded?.mappingText() ?? '';
      expect(text).to.match(/^# .*mappings\/students\.yaml over the preset ours\/students\.\n/);
      expect(parse(text)).to.have.nested.property(
        'fields.gender.codes.file',
        '../presets/ours/codes/gender.csv',
      );
      await withProject(
        {
          ...GOOD_FILES,
          'presets/ours/codes/gender.csv': FILES['presets/ours/codes/gender.csv'],
          'mappings/students.yaml': text,
        },
        async (other) => {
          const again = (await loadProject(other)).connections.get('riverside')?.files.get('students');
          expect(again?.mapping).to.deep.equal(loaded?.mapping);
        },
      );
    }));

  it('keeps the merged mapping in the archive of a run', () =>
    withProject(
      {
        ...FILES,
        'rosterferry.yaml': spoil(GOOD_CONFIG, 'path: inbound', 'path: inbound, ready: { quiet: 1ms }'),
        'inbound/students.csv':
          'ID\tDOB\tSchoolID\tEnroll_Status\tGender\tGrade\tZip\n0071\t3/9/2015\t410\t0\tF\t01\t06001\n',
        'outbound/.keep': '',
      },
      async (cwd) => {
        const ran = await rosterferry(['--json', 'run', 'riverside'], { cwd });
        expect([ran.exit, ran.stderr]).to.deep.equal([0, '']);
        const { run } = JSON.parse(ran.stdout);
        expect(await readFile(join(cwd, `outbound/students_${run.business_date}.csv`), 'utf8')).to.equal(
          'id|gender|grade|zip\r\n0071|Female|First|06001\r\n',
        );
        const [year, month] = run.business_date.split('-');
        const kept = join(cwd, 'archive/riverside', year, month, run.id, 'mapping/students.yaml');
        expect(await readFile(kept, 'utf8')).to.include('zip: Zip');
        expect(await readFile(kept, 'utf8')).to.include('delimiter: "|"');
      },
    ));

  it('starts from a preset of the package, and a preset of the district from it', () =>
    withProject(
      {
        ...FILES,
        'presets/generic/students.yaml': 'preset: generic/students\nwrite: { delimiter: ";" }\n',
        'mappings/students.yaml': 'preset: generic/students\nwrite: { file: ours.csv }\n',
      },
      async (folder) => {
        const loaded = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
        expect(loaded?.mapping.write).to.include({ file: 'ours.csv', delimiter: ';', line_ending: 'crlf' });
        expect(loaded?.mapping.identity.id).to.equal('student_id');
        expect(loaded?.mappingText()).to.include('generic/students, which is over generic/students.');
      },
    ));

  it('takes back what the preset says where a key has no value', () =>
    withProject(
      {
        ...FILES,
        'rosterferry.yaml': (GOOD_FILES['rosterferry.yaml'] ?? '').replace(
          /eligibility:[\s\S]*?safeguards/,
          'eligibility: { policy: everyone }\n    safeguards',
        ),
        'mappings/students.yaml':
          'preset: ours/students\nidentity: { birth_date: , status: }\nread: { delimiter: }\n',
      },
      async (folder) => {
        const loaded = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
        expect(loaded?.mapping.identity).to.deep.equal({ id: 'Student_Number', school: 'SchoolID' });
        expect(loaded?.mapping.read.delimiter).to.equal('auto');
      },
    ));

  it('finds the presets of the configuration from an included file, and those beside that one first', () =>
    withProject(
      {
        ...FILES,
        'rosterferry.yaml': 'version: 1\ntimezone: America/Chicago\ninclude: [connections/*.yaml]\n',
        'connections/riverside.yaml': (GOOD_FILES['rosterferry.yaml'] ?? '')
          .replace(/^[\s\S]*connections:\n/, '')
          .replace('mapping: mappings', 'mapping: ../mappings')
          .replaceAll(/^ {2}/gm, ''),
      },
      async (folder) => {
        const loaded = (await loadProject(folder)).connections.get('riverside')?.files.get('students');
        expect(loaded?.mapping.title).to.equal("The district's own");
      },
    ));
});

const WRONG: readonly (readonly [
  what: string,
  files: Record<string, string>,
  mistakes: readonly string[],
])[] = [
  [
    'an unknown preset',
    { 'mappings/students.yaml': 'version: 1\npreset: ours/student\n' },
    [
      'config_invalid mappings/students.yaml:2:9: there is no preset ours/student | Did you mean ours/students? Of ours there is: ours/students.',
    ],
  ],
  [
    'a preset that is no name',
    { 'mappings/students.yaml': 'preset: [ours/students]\n' },
    ['config_invalid mappings/students.yaml:1:1: preset must be the name of one preset, SYSTEM/RECORD…'],
  ],
  [
    'a preset that starts from itself',
    { 'presets/ours/students.yaml': `preset: ours/students\n${BASE}` },
    ['config_invalid presets/ours/students.yaml:1:9: the preset ours/students starts from itself…'],
  ],
  [
    'a preset of another record',
    { 'mappings/students.yaml': 'preset: ours/students\nrecord: contacts\n' },
    [
      'config_invalid mappings/students.yaml:2:9: record is contacts, and the preset ours/students is one of students…',
    ],
  ],
  [
    'a mistake in the mapping',
    { 'mappings/students.yaml': `${OVER}  gender: { colum: Gender }\n` },
    ['config_invalid mappings/students.yaml:9:13: fields.gender has no key colum…'],
  ],
  [
    'a mistake in the preset',
    { 'presets/ours/students.yaml': BASE.replace('delimiter: tab', 'delimitr: tab') },
    ['config_invalid presets/ours/students.yaml:4:9: read has no key delimitr | Did you mean delimiter?'],
  ],
  [
    'a preset that is no YAML',
    { 'presets/ours/students.yaml': 'fields: [\n' },
    ['config_invalid presets/ours/students.yaml:2:1: …'],
  ],
  [
    'a file that the preset names and that is not there',
    { 'presets/ours/students.yaml': BASE.replace('gender.csv', 'gendr.csv') },
    ['config_missing presets/ours/students.yaml:9:63: the file presets/ours/codes/gendr.csv is not there…'],
  ],
  [
    'a field that differs from the preset by its letters alone',
    {
      'mappings/students.yaml':
        'preset: ours/students\nfields:\n  ID: Number\n  Locker_: { type: do_not_map }\n',
    },
    [
      'config_invalid mappings/students.yaml:3:3: fields has ID, and the preset ours/students writes it id | Did you mean id?',
      'config_invalid mappings/students.yaml:4:3: fields has Locker_, and the preset ours/students writes it locker…',
    ],
  ],
  [
    'a preset that is no map',
    { 'presets/ours/students.yaml': '- students\n' },
    ['config_invalid presets/ours/students.yaml:1:1: a preset must be a map, as a mapping is…'],
  ],
  [
    'a slip of the key preset',
    { 'mappings/students.yaml': 'version: 1\npresets: ours/students\nrecord: students\n' },
    [
      'config_invalid mappings/students.yaml:1:1: the file lacks write…',
      'config_invalid mappings/students.yaml:1:1: the file lacks identity…',
      'config_invalid mappings/students.yaml:1:1: the file lacks fields…',
      'config_invalid mappings/students.yaml:2:1: the file has no key presets | Did you mean preset?',
    ],
  ],
  [
    'a part that must be a map',
    { 'mappings/students.yaml': 'preset: ours/students\nfields: none\n' },
    ['config_invalid mappings/students.yaml:2:9: fields is "none", but must be a map…'],
  ],
];

describe('config/preset-layers, what is wrong', () => {
  for (const [what, files, mistakes] of WRONG)
    it(what, async () => expectMistakes(await mistakesOf({ ...FILES, ...files }), mistakes));
});
