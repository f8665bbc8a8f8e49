import { expect } from 'chai';
import fc from 'fast-check';
import { compileMatcher } from '../../src/compare/match-people.ts';
import { type Person, preparePerson } from '../../src/compare/prepare-person.ts';
import { scoreLikeness } from '../../src/compare/score-likeness.ts';
import { listNames } from '../../src/sample/names.ts';
import { NICKNAMES } from './people.ts';

const options = { nicknames: NICKNAMES, otherColumns: [] };
const firstName = fc.constantFrom(
  'Ana',
  'Anna',
  'Elizabeth',
  'Liz',
  'José',
  'Jose',
  'Pepe',
  'Mary Ann',
  'J.',
  '',
);
const lastName = fc.constantFrom('Ortiz', 'Ortis', "O'Brien", 'OBrien', 'García-López', 'Garcia', 'Ana', '');
const birthDate = fc.constantFrom('2015-03-04', '2015-04-03', '2014-03-04', '2008-12-19', '');
const person = (id: fc.Arbitrary<string>): fc.Arbitrary<Person> =>
  fc.record({ id, identify: fc.tuple(fc.constantFrom('', '1', '01', '2')), firstName, lastName, birthDate });
const students = fc
  .array(person(fc.constant('')), { maxLength: 12 })
  .map((people) => people.map((one, at) => ({ ...one, id: `s${at}` })));
const record = person(fc.constant('r'));

describe('compileMatcher, whoever is compared', () => {
  it('does not depend on the order of the students', () => {
    fc.assert(
      fc.property(students, record, (people, one) => {
        const answer = compileMatcher(people, options).match(one);
        expect(compileMatcher(people.toReversed(), options).match(one)).to.deep.equal(answer);
      }),
    );
  });

  it('misses nobody whom a comparison with everybody would find', () => {
    fc.assert(
      fc.property(students, record, (people, one) => {
        const answer = compileMatcher(people, { ...options, atMost: 100 }).match(one);
        if (answer.kind === 'identified') return;
        const all = people.flatMap((other) => {
          const likeness = scoreLikeness(preparePerson(one), preparePerson(other), options);
          return likeness && likeness.score >= 70 ? [{ id: other.id, ...likeness }] : [];
        });
        const isAnyWhole = all.some(({ isWhole }) => isWhole);
        const expected = all.filter((two) => !isAnyWhole || two.isWhole || two.isLooseId).map(({ id }) => id);
        const found = answer.kind === 'none' ? [] : answer.candidates.map(({ id }) => id).sort();
        const isById = answer.kind === 'potential' && answer.candidates[0]?.why[0]?.code === 'same_id';
        if (!isById) expect(found).to.deep.equal(expected.sort());
      }),
      { numRuns: 500 },
    );
  });

  it('scores two people the same in either order, from 0 to 100', () => {
    fc.assert(
      fc.property(record, record, (one, other) => {
        const likeness = scoreLikeness(preparePerson(one), preparePerson(other), options);
        expect(scoreLikeness(preparePerson(other), preparePerson(one), options)).to.deep.equal(likeness);
        if (likeness) expect(likeness.score).to.be.within(0, 100);
      }),
    );
  });

  it('never suggests who has another first name, whatever else is the same', () => {
    const names = fc.subarray(['Emma', 'Olivia', 'Noah', 'Jack', 'Mateo', 'Lucía'], {
      minLength: 2,
      maxLength: 2,
    });
    fc.assert(
      fc.property(names, lastName, birthDate, ([one = '', other = ''], last, birth) => {
        const twin = { identify: [''], lastName: last, birthDate: birth };
        const matcher = compileMatcher([{ ...twin, id: 's', firstName: one }], options);
        expect(matcher.match({ ...twin, id: 'r', firstName: other }).kind).to.equal('none');
      }),
    );
  });
});

describe('compileMatcher, at size', () => {
  it('matches 20,000 records with 20,000 students in seconds, and finds each of them', () => {
    const { surnames, girls, boys } = listNames(() => true);
    const nameOf = (list: readonly { text: string }[], lot: number) => list[lot % list.length]?.text ?? '';
    const people = Array.from({ length: 20_000 }, (_, at): Person => {
      const lot = Math.imul(at + 1, 0x9e3779b1) >>> 0;
      const month = String(1 + ((lot >>> 8) % 12)).padStart(2, '0');
      const day = String(1 + ((lot >>> 12) % 28)).padStart(2, '0');
      return {
        id: `s${at}`,
        identify: [''],
        firstName: nameOf([...girls, ...boys], lot >>> 5),
        lastName: `${nameOf(surnames, lot >>> 3)}-${nameOf(surnames, lot >>> 17)}`,
        birthDate: `${2005 + ((lot >>> 20) % 14)}-${month}-${day}`,
      };
    });
    const began = performance.now();
    const matcher = compileMatcher(people, options);
    const missed = people.filter((one) => {
      const answer = matcher.match({ ...one, id: 'r', firstName: one.firstName.toUpperCase() });
      return answer.kind !== 'potential' || !answer.candidates.some(({ id }) => id === one.id);
    });
    expect(missed).to.deep.equal([]);
    expect(performance.now() - began).to.be.lessThan(15_000);
  });
});
