import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { chooseDrop, type DropRules } from '../../src/source/choose-drop.ts';
import { compileNamesOf, type DropFiles } from '../../src/source/file-fits.ts';

const FILES: DropFiles = {
  students: { match: 'students*.csv', required: true },
  contacts: { match: 'contacts*.csv', required: false },
};
const BOTH: DropFiles = {
  students: { match: 'students*.csv', required: true },
  contacts: { match: 'contacts*.csv', required: true },
};
const STUDENTS: DropFiles = { students: { match: 'students*.csv', required: true } };
const SETTLED: DropRules = { readiness: () => 'settled', newestFirst: false };

/** Later names are younger, unless a time is given: name@5. */
function folder(...names: string[]) {
  return names.map((text, index) => {
    const [name = '', time] = text.split('@');
    return { name, sizeBytes: 10, modifiedMs: time === undefined ? index : Number(time) };
  });
}

/** What is taken, as text: the files, what it waits for, or why it is ambiguous. */
function choice(names: string[], files: DropFiles, rules: Partial<DropRules> = {}): string {
  try {
    const found = chooseDrop(folder(...names), files, { ...SETTLED, ...rules });
    if (found.state === 'none') return 'none';
    if (found.state === 'waiting') return `waiting for ${[...found.missing, ...found.growing].join(' ')}`;
    return [...found.files].map(([name, file]) => `${name}=${file.name}`).join(' ');
  } catch (fault) {
    if (fault instanceof AppError && fault.code === 'ambiguous_drop') return `ambiguous: ${fault.message}`;
    throw fault;
  }
}

describe('chooseDrop', () => {
  const cases: [string, string[], DropFiles, string][] = [
    ['nothing', ['readme.txt', 'STUDENTS.csv', 'students.csv.bak'], FILES, 'none'],
    ['one file', ['students.csv'], FILES, 'students=students.csv'],
    [
      'both, in the order of the connection',
      ['contacts.csv', 'students.csv'],
      FILES,
      'students=students.csv contacts=contacts.csv',
    ],
    [
      'encrypted ones, by the names that they had before',
      ['students_1.csv.pgp', 'contacts_1.csv.GPG', 'students.txt.pgp'],
      BOTH,
      'students=students_1.csv.pgp contacts=contacts_1.csv.GPG',
    ],
    [
      'no signature beside its file',
      ['students_1.csv.asc', 'students_1.csv'],
      STUDENTS,
      'students=students_1.csv',
    ],
    ['an encrypted zip', ['drop.zip.age'], STUDENTS, '(zip)=drop.zip.age'],
    [
      'none of two that differ in their encryption alone',
      ['students_1.csv.pgp', 'students_1.csv.age'],
      STUDENTS,
      'ambiguous: Two files have the same name but for their encryption: students_1.csv.age, students_1.csv.pgp',
    ],
    ['only an optional file', ['contacts.csv'], FILES, 'waiting for students'],
    ['one of two required files', ['students_1.csv'], BOTH, 'waiting for contacts'],
    [
      'one of each, whatever their names',
      ['students_020001.csv', 'contacts_020007.csv'],
      BOTH,
      'students=students_020001.csv contacts=contacts_020007.csv',
    ],
    ['the oldest of several', ['students_2.csv@1', 'students_1.csv@2'], STUDENTS, 'students=students_2.csv'],
    [
      'the first name where the times are equal',
      ['students_2.csv@1', 'students_1.csv@1'],
      STUDENTS,
      'students=students_1.csv',
    ],
    [
      'the oldest pair',
      ['students_1122.csv', 'contacts_1122.csv', 'students_1121.csv@0', 'contacts_1121.csv@0'],
      BOTH,
      'students=students_1121.csv contacts=contacts_1121.csv',
    ],
    [
      'the complete pair, though an older file lacks its partner',
      ['students_1120.csv', 'students_1121.csv', 'contacts_1121.csv'],
      BOTH,
      'students=students_1121.csv contacts=contacts_1121.csv',
    ],
    [
      'a pair beside the first half of the next',
      ['students_1.csv', 'contacts_1.csv', 'contacts_2.csv'],
      FILES,
      'students=students_1.csv contacts=contacts_1.csv',
    ],
    [
      'the older of two without their optional files',
      ['students_1.csv', 'students_2.csv', 'contacts_2.csv'],
      FILES,
      'students=students_1.csv',
    ],
    ['several, and no partner at all', ['students_1.csv', 'students_2.csv'], BOTH, 'waiting for contacts'],
    ['a zip as a drop of its own', ['drop.zip', 'readme.txt'], FILES, '(zip)=drop.zip'],
    [
      'no zip for a file of the connection',
      ['students.ZIP'],
      { students: { match: 'st*', required: true } },
      '(zip)=students.ZIP',
    ],
    [
      'a zip for the file whose pattern says so',
      ['students.zip'],
      { students: { match: 'students*.zip', required: true } },
      'students=students.zip',
    ],
    [
      'the oldest of zips and plain files',
      ['b.zip@3', 'a.zip@2', 'students.csv@1'],
      FILES,
      'students=students.csv',
    ],
    ['the older zip first', ['b.zip@3', 'a.zip@2', 'students.csv@4'], FILES, '(zip)=a.zip'],
    ['a zip where a plain drop is not whole', ['contacts.csv@1', 'a.zip@2'], FILES, '(zip)=a.zip'],
    ['several optional files only', ['contacts_1.csv', 'contacts_2.csv'], FILES, 'waiting for students'],
  ];
  for (const [what, names, files, expected] of cases)
    it(`takes ${what}`, () => expect(choice(names, files)).to.equal(expected));

  const doubts: [string, string[], DropFiles][] = [
    ['names that pair with none', ['students_1.csv', 'students_2.csv', 'contacts_3.csv'], BOTH],
    [
      'an optional file that may belong to the one that would be taken without it',
      ['students_1.csv', 'students_2.csv', 'contacts_x.csv'],
      FILES,
    ],
    [
      'a fixed name beside several drops',
      ['students_1.csv', 'students_2.csv', 'contacts.csv'],
      { ...BOTH, contacts: { match: 'contacts.csv', required: true } },
    ],
    [
      'a file that fits two patterns',
      ['students_contacts.csv'],
      { ...BOTH, contacts: { match: '*contacts.csv', required: true } },
    ],
  ];
  for (const [what, names, files] of doubts)
    it(`guesses nothing about ${what}`, () => {
      const said = choice(names, files);
      expect(said).to.match(/^ambiguous/);
      for (const name of names) expect(said).to.contain(name);
    });

  it('waits for what grows, and does not let a younger drop overtake it', () => {
    const readiness = (file: { name: string }) => (file.name.includes('_1') ? 'growing' : 'settled');
    expect(choice(['students_1.csv', 'students_2.csv'], STUDENTS, { readiness })).to.equal(
      'waiting for students_1.csv',
    );
    expect(choice(['students_2.csv@0', 'students_1.csv'], STUDENTS, { readiness })).to.equal(
      'students=students_2.csv',
    );
    expect(choice(['students_2.csv', 'contacts_1.csv'], FILES, { readiness })).to.equal(
      'waiting for contacts_1.csv',
    );
  });

  it('passes over what was never marked', () => {
    const readiness = (file: { name: string }) => (file.name.includes('_1') ? 'unmarked' : 'settled');
    expect(choice(['students_1.csv', 'students_2.csv'], STUDENTS, { readiness })).to.equal(
      'students=students_2.csv',
    );
    expect(choice(['students_1.csv'], STUDENTS, { readiness })).to.equal('waiting for students_1.csv');
  });

  it('never takes a marker for data, whatever its name fits', () => {
    const loose: DropFiles = { students: { match: 'students*', required: true } };
    const marker = '{name}.done';
    expect(choice(['students.csv', 'students.csv.done'], loose, { marker })).to.equal(
      'students=students.csv',
    );
    expect(choice(['students.csv.done'], loose, { marker })).to.equal('none');
    expect(choice(['students.csv', 'students_2.csv'], STUDENTS, { marker: '{name}.csv' })).to.equal(
      'students=students.csv',
    );
  });

  it('takes the newest where drops stay in the folder', () => {
    const names = ['students_1.csv', 'students_2.csv', 'students_3.csv'];
    expect(choice(names, STUDENTS, { newestFirst: true })).to.equal('students=students_3.csv');
  });

  it('takes, of any folder, files that fit, each once, and all that are required and settled', () => {
    const name = fc
      .tuple(fc.constantFrom('students', 'contacts', 'other'), fc.constantFrom('', '_1', '_2', '_3'))
      .map(([kind, wild]) => `${kind}${wild}.csv`);
    fc.assert(
      fc.property(
        fc.uniqueArray(name),
        fc.func(fc.boolean()),
        fc.boolean(),
        (names, isSettled, newestFirst) => {
          const readiness = (file: { name: string }) => (isSettled(file.name) ? 'settled' : 'growing');
          const said = choice(names, FILES, { readiness, newestFirst });
          const taken = [...said.matchAll(/(\w+)=(\S+)/g)].map(
            ([, kind = '', file = '']) => [kind, file] as const,
          );
          for (const [kind, file] of taken) {
            expect(names).to.include(file);
            expect(file.startsWith(kind)).to.equal(true);
            expect(isSettled(file)).to.equal(true);
          }
          if (taken.length > 0) expect(taken[0]?.[0]).to.equal('students');
        },
      ),
    );
  });
});

describe('chooseDrop: nights', () => {
  const cases: [string, string[], DropFiles, string][] = [
    [
      'the files of one day, whatever the time of day behind it',
      ['students_20261122_0201.csv', 'contacts_20261122_0207.csv'],
      BOTH,
      'students=students_20261122_0201.csv contacts=contacts_20261122_0207.csv',
    ],
    [
      'no students of one day with contacts of another',
      ['students_20261122.csv', 'contacts_20261121.csv@0'],
      BOTH,
      'waiting for students',
    ],
    [
      'the night that is whole, beside a half of the one before',
      ['contacts_20261121.csv@0', 'students_20261122.csv', 'contacts_20261122.csv'],
      BOTH,
      'students=students_20261122.csv contacts=contacts_20261122.csv',
    ],
    [
      'two nights one after the other, though nothing but the day is the same in their names',
      [
        'students_20261122_0201.csv',
        'students_20261121_0201.csv@0',
        'contacts_11-21-2026.csv@0',
        'contacts_11-22-2026.csv',
      ],
      BOTH,
      'students=students_20261121_0201.csv contacts=contacts_11-21-2026.csv',
    ],
    [
      'students alone, where the contacts that lie there are of another day and none are required',
      ['students_20261122.csv', 'contacts_20261121.csv@0'],
      FILES,
      'students=students_20261122.csv',
    ],
  ];
  for (const [what, names, files, expected] of cases)
    it(`takes ${what}`, () => expect(choice(names, files)).to.equal(expected));

  it('guesses nothing where a day has two files of one kind, or one file has a fixed name', () => {
    const two = ['students_20261122_0201.csv', 'students_20261122_0901.csv', 'contacts_20261122_0202.csv'];
    expect(choice(two, BOTH)).to.match(/^ambiguous/);
    const fixed: DropFiles = { ...BOTH, schools: { match: 'schools.csv', required: true } };
    expect(choice(['students_20261122.csv', 'contacts_20261121.csv', 'schools.csv'], fixed)).to.match(
      /^ambiguous/,
    );
  });

  it('takes no file that is left over from another night, where times are to tell', () => {
    const hourMs = 3_600_000;
    const names = ['students.csv@90000000', 'contacts.csv@0'];
    expect(choice(names, BOTH)).to.equal('students=students.csv contacts=contacts.csv');
    expect(choice(names, BOTH, { withinMs: 26 * hourMs })).to.match(/^students/);
    expect(choice(names, BOTH, { withinMs: 24 * hourMs })).to.equal('waiting for contacts');
    expect(choice(names, FILES, { withinMs: 24 * hourMs })).to.equal('waiting for contacts');
  });
});

describe('chooseDrop: zips and readiness', () => {
  const rules = (readiness: DropRules['readiness']): DropRules => ({ readiness, newestFirst: false });

  it('waits for a zip that is growing, and for nothing behind it', () => {
    const found = chooseDrop(
      folder('a.zip', 'students.csv'),
      FILES,
      rules((file) => (file.name === 'a.zip' ? 'growing' : 'settled')),
    );
    expect(found).to.deep.equal({ state: 'waiting', missing: [], growing: ['a.zip'] });
  });

  it('takes a marker of a zip for no data', () => {
    const all = { all: { match: '*', required: true } };
    expect(choice(['a.zip', 'a.zip.done'], all, { marker: '{name}.done' })).to.equal('(zip)=a.zip');
  });
});

describe('compileNamesOf', () => {
  it('tells which files of the connection a name fits', () => {
    const namesOf = compileNamesOf({ ...FILES, all: { match: '*.csv', required: false } });
    expect(
      ['students.csv', 'contacts_1.csv', 'x.csv', 'x.txt', 'students.csv.zip'].map(namesOf),
    ).to.deep.equal([['students', 'all'], ['contacts', 'all'], ['all'], [], []]);
  });
});
