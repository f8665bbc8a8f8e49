import { expect } from 'chai';
import { compileMatcher } from '../../src/compare/match-people.ts';
import { compileNicknames } from '../../src/compare/nicknames.ts';
import { codesOf, inAWord, matchAmong } from './people.ts';

const BORN = '2015-03-04';

describe('compileMatcher: identify', () => {
  for (const [what, students, record, answer] of [
    ['the same id', [`Ana Ortiz ${BORN} #900001`], `Ana Ortiz ${BORN} #900001`, 'identified A'],
    ['the same id with spaces', [`Ana Ortiz ${BORN} # 900001 `], `Ann Artiz - #900001`, 'identified A'],
    [
      'an id that two students have',
      [`Ana Ortiz ${BORN} #9`, `Bo Ruiz ${BORN} #9`],
      `Ana Ortiz ${BORN} #9`,
      'potential A 100, B 100',
    ],
    ['a blank id is no id', [`Bo Ruiz ${BORN} #`], `Ana Ortiz ${BORN} #`, 'none'],
    ['a placeholder is no id', [`Bo Ruiz ${BORN} #999999999`], `Ana Ortiz ${BORN} #999999999`, 'none'],
    ['N/A is no id', [`Bo Ruiz ${BORN} #N/A`], `Ana Ortiz ${BORN} #N/A`, 'none'],
    [
      'leading zeros lost, another name',
      [`Ana Ortiz ${BORN} #0012345`],
      `Bo Ruiz 2014-01-01 #12345`,
      'potential A 75',
    ],
    [
      'leading zeros lost, the same name',
      [`Ana Ortiz ${BORN} #0012345`],
      `Ana Ortiz ${BORN} #12345`,
      'potential A 100',
    ],
    [
      'another id, the same name',
      [`Ana Ortiz ${BORN} #900001`],
      `Ana Ortiz ${BORN} #900002`,
      'potential A 85',
    ],
    [
      'another id, nearly the same name',
      [`Ana Ortiz ${BORN} #900001`],
      `Ana Ortez ${BORN} #900002`,
      'potential A 78',
    ],
  ] as const)
    it(`${what}: ${answer}`, () => {
      expect(inAWord(matchAmong(students, record))).to.equal(answer);
    });

  it('doubts an id that belongs to another name and birth date, and takes it all the same', () => {
    const doubted = matchAmong([`Bo Ruiz 2012-08-19 #900001`], `Ana Ortiz ${BORN} #900001`);
    expect(doubted).to.deep.include({ kind: 'identified', id: 'A' }).and.have.property('doubt');
    const married = matchAmong([`Ana Ruiz ${BORN} #900001`], `Ana Ortiz ${BORN} #900001`);
    expect(married).to.deep.equal({ kind: 'identified', id: 'A' });
  });
});

describe('compileMatcher: likeness', () => {
  for (const [student, record, score, ...codes] of [
    [`Ana Ortiz ${BORN}`, `Ana Ortiz ${BORN}`, 100, 'last_name_same', 'first_name_same', 'birth_date_same'],
    [`Ana Ortiz ${BORN}`, `ANA ORTIZ ${BORN}`, 100],
    [`José García ${BORN}`, `Jose Garcia ${BORN}`, 98, 'last_name_written_differently'],
    [`Ana O'Brien ${BORN}`, `Ana OBrien ${BORN}`, 99, 'last_name_written_differently'],
    [`Ana O’Brien ${BORN}`, `Ana O'Brien ${BORN}`, 99],
    [`Ana | De La Cruz ${BORN}`, `Ana DeLaCruz ${BORN}`, 99],
    [`Ana | García-López ${BORN}`, `Ana Garcia ${BORN}`, 93, 'last_name_part'],
    [`Ana Lopez ${BORN}`, `Ana | Garcia Lopez ${BORN}`, 93, 'last_name_part'],
    [`Ana | Lopez Garcia ${BORN}`, `Ana | Garcia Lopez ${BORN}`, 93, 'last_name_part'],
    [`Ana Smith ${BORN}`, `Ana Smyth ${BORN}`, 93, 'last_name_one_letter'],
    [`Elizabeth Ortiz ${BORN}`, `Liz Ortiz ${BORN}`, 96, 'first_name_nickname'],
    [`Joseph "Bo" | Ortiz ${BORN}`, `Bo Ortiz ${BORN}`, 96, 'first_name_nickname'],
    [`Mary Ann | Ortiz ${BORN}`, `Mary Ortiz ${BORN}`, 94, 'first_name_part'],
    [`Brian Ortiz ${BORN}`, `Brain Ortiz ${BORN}`, 94, 'first_name_one_letter'],
    [`James Ortiz ${BORN}`, `J. Ortiz ${BORN}`, 87, 'first_name_initial'],
    [`Ana Ortiz ${BORN}`, `Ortiz Ana ${BORN}`, 95, 'names_swapped'],
    [`Ana Ortiz ${BORN}`, `Ana Ortiz 2015-04-03`, 93, 'birth_date_day_and_month_swapped'],
    [`Ana Ortiz ${BORN}`, `Ana Ortiz 2014-03-04`, 89, 'birth_date_one_digit'],
    [`Ana Ortiz 2015-03-12`, `Ana Ortiz 2015-03-21`, 89, 'birth_date_digits_swapped'],
    [`Ana Ortiz ${BORN}`, `Ana Ortiz -`, 75, 'birth_date_missing'],
    [`Ana Ortiz ${BORN}`, `Ortiz Ana 2015-04-03`, 78, 'names_swapped', 'birth_date_day_and_month_swapped'],
    [`Elizabeth Smith ${BORN}`, `Liz Smyth ${BORN}`, 79, 'last_name_one_letter', 'first_name_nickname'],
    [`Elizabeth Smith ${BORN}`, `Liz Smith 2015-04-03`, 79],
    [`| Suharto ${BORN}`, `Suharto | ${BORN}`, 95, 'names_swapped'],
  ] as const)
    it(`${student} is like ${record}: ${score}`, () => {
      const answer = matchAmong([student], record);
      expect(inAWord(answer)).to.equal(`potential A ${score}`);
      expect(codesOf(answer)).to.include.members([...codes]);
    });

  for (const [what, student, record] of [
    ['twins', `Ana Ortiz ${BORN}`, `Eva Ortiz ${BORN}`],
    ['twins with a name in common', `Maria Elena | Ortiz ${BORN}`, `Maria Luisa | Ortiz ${BORN}`],
    ['twins with rhyming names', `Aiden Ortiz ${BORN}`, `Caden Ortiz ${BORN}`],
    ['siblings', `Ana Ortiz ${BORN}`, `Eva Ortiz 2013-08-19`],
    ['namesakes', `Ana Ortiz ${BORN}`, `Ana Ortiz 2013-08-19`],
    ['siblings with like names, a year apart', `Maria Ortiz ${BORN}`, `Mario Ortiz 2014-03-05`],
    ['the same first name and birth date', `Ana Ortiz ${BORN}`, `Ana Nguyen ${BORN}`],
    ['everything a little different', `Maria Garcia ${BORN}`, `Mario Garzia 2015-04-03`],
    ['nobody known', ` | -`, ` | -`],
  ] as const)
    it(`${what} are two people`, () => {
      expect(inAWord(matchAmong([student], record))).to.equal('none');
    });

  it('says a nickname in words', () => {
    const answer = matchAmong([`Elizabeth Ortiz ${BORN}`], `Liz Ortiz ${BORN}`);
    const words = answer.kind === 'potential' ? answer.candidates[0]?.why.map((reason) => reason.words) : [];
    expect(words).to.include('first name a nickname: Liz for Elizabeth');
  });
});

describe('compileMatcher: several candidates', () => {
  it('suggests the twin whose name it is, and not the other', () => {
    const twins = [`Jayden Ortiz ${BORN}`, `Kayden Ortiz ${BORN}`];
    expect(inAWord(matchAmong(twins, `Jayden Ortiz ${BORN}`))).to.equal('potential A 100');
    expect(inAWord(matchAmong(twins, `Kayden | Ortíz ${BORN}`))).to.equal('potential B 99');
  });

  it('shows whose id lost its zeros beside whom the name fits whole', () => {
    const two = [`Bo Ruiz ${BORN} #0012345`, `Ana Ortiz ${BORN} #`];
    expect(inAWord(matchAmong(two, `Ana Ortiz ${BORN} #12345`))).to.equal('potential B 100, A 75');
  });

  it('shows both where the name is between two twins', () => {
    const twins = [`Jayden Ortiz ${BORN}`, `Kayden Ortiz ${BORN}`];
    expect(inAWord(matchAmong(twins, `Hayden Ortiz ${BORN}`))).to.equal('potential A 94, B 94');
  });

  it('shows a student whom the other side has twice, and decides nothing', () => {
    const doubled = [`Ana Ortiz ${BORN}`, `Ana Ortiz ${BORN}`, `Ann Ortiz ${BORN}`];
    expect(inAWord(matchAmong(doubled, `Ana Ortiz ${BORN}`))).to.equal('potential A 100, B 100');
  });

  it('shows the best first, and all who are equal to the last', () => {
    const many = [...'ABCDEFG'].map(() => `Brian Ortiz ${BORN}`);
    expect(
      inAWord(matchAmong([...many, `Brain Ortis ${BORN}`], `Brain Ortiz ${BORN}`, { atMost: 2 })),
    ).to.equal('potential A 94, B 94, C 94, D 94, E 94, F 94, G 94');
  });

  it('asks other columns whether they are equal', () => {
    const options = { nicknames: compileNicknames([]), otherColumns: ['gender', 'middle_name'] };
    const ask = (others: readonly string[]) => {
      const student = {
        id: 'A',
        identify: [],
        firstName: 'Ana',
        lastName: 'Ortiz',
        birthDate: '',
        others: ['F', 'Luz'],
      };
      const matcher = compileMatcher([student], options);
      return matcher.match({ ...student, id: 'r', others });
    };
    expect(inAWord(ask(['', '']))).to.equal('potential A 75');
    expect(inAWord(ask(['f', 'L.']))).to.equal('potential A 77');
    expect(inAWord(ask(['M', 'Luz']))).to.equal('potential A 73');
    expect(inAWord(ask(['M', 'Eva']))).to.equal('none');
    expect(codesOf(ask(['F', 'Luz']))).to.include('other_same');
  });
});
