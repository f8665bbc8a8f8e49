import { expect } from 'chai';
import { measureSchools } from '../../src/reconcile/measure-schools.ts';
import { safeguardsSchema } from '../../src/reconcile/schema.ts';
import type { SchoolCounts } from '../../src/vocabulary/school-counts.ts';

const NOBODY = { last: 0, carried: 0, created: 0, changed: 0, removed: 0, removedBySelection: 0 };

function measure(
  schools: Record<string, Partial<SchoolCounts>>,
  given: { settings?: object; inRollover?: boolean; unmeasured?: string } = {},
) {
  const counts = Object.entries(schools).map(([school, some]) => [school, { ...NOBODY, ...some }] as const);
  const settings = safeguardsSchema.parse(given.settings ?? {});
  const rollover = given.inRollover ? settings.rollover : undefined;
  return measureSchools(new Map([['students', new Map(counts)]]), settings, rollover, given.unmeasured);
}

function breachesOf(...args: Parameters<typeof measure>): string[] {
  return measure(...args)
    .filter((one) => one.breached)
    .map((one) => `${one.name} ${one.school} ${one.value}`);
}

describe('reconcile/measure-schools', () => {
  describe('a school that is gone', () => {
    const gone = { last: 312, removed: 312 };
    const deselected = { ...gone, removedBySelection: 312 };

    it('is a breach with a sentence of its own', () => {
      expect(measure({ '410': gone })).to.deep.equal([
        {
          name: 'school_gone',
          file: 'students',
          school: '410',
          limit: 'hold',
          value: '312',
          breached: true,
          sentence:
            'School 410 is gone: no row of it is carried any more, which removes 312 students who were delivered last time; they are listed in changes.csv and in the review.',
        },
      ]);
    });

    const reasons: [what: string, counts: Partial<SchoolCounts>, sentence: string][] = [
      [
        'was taken off the selection',
        deselected,
        'School 410 is no longer selected (eligibility.schools): that removes 312 students who were delivered last time; they are listed in changes.csv and in the review.',
      ],
      [
        'was taken off the selection, some of its students being gone anyway',
        { last: 1312, removed: 1311, removedBySelection: 300 },
        'School 410 is no longer selected (eligibility.schools): that removes 300 students who were delivered last time, and 1,011 more are gone or left out for another reason; they are listed in changes.csv and in the review; 1 more is carried at another school, rejected or waiting.',
      ],
      [
        'has another code now',
        { last: 312 },
        'School 410 is gone: nobody is carried at it any more; the 312 students who were delivered last time are carried at another school, rejected or waiting.',
      ],
    ];
    for (const [what, counts, sentence] of reasons) {
      it(`${what}, and says so`, () => {
        expect(measure({ '410': counts }).map((one) => one.sentence)).to.deep.equal([sentence]);
      });
    }

    it('had at least ten students last delivered', () => {
      expect(breachesOf({ '410': { last: 9, removed: 9 } })).to.deep.equal([]);
      expect(breachesOf({ '410': { last: 10, removed: 10 } })).to.deep.equal(['school_gone 410 10']);
    });

    it('has nobody left, not few', () => {
      expect(breachesOf({ '410': { last: 312, removed: 311, carried: 1 } })).to.deep.equal([]);
      expect(breachesOf({ '410': { ...NOBODY, carried: 50, created: 50 } })).to.deep.equal([]);
    });

    it('is no school without a code', () => {
      expect(breachesOf({ '': gone, ' ': gone })).to.deep.equal([]);
    });

    it('comes with the largest first, in one order', () => {
      const schools = { B: gone, C: { last: 20, removed: 20 }, A: gone };
      expect(breachesOf(schools)).to.deep.equal([
        'school_gone A 312',
        'school_gone B 312',
        'school_gone C 20',
      ]);
    });

    it('is no breach where it is switched off', () => {
      expect(measure({ '410': deselected }, { settings: { school_gone: 'off' } })).to.deep.equal([]);
    });

    it('may close in the rollover, but not be taken off the selection unseen', () => {
      const settings = { rollover: {} };
      const schools = { '410': gone, '411': deselected, '412': { ...gone, removedBySelection: 1 } };
      expect(breachesOf(schools, { settings, inRollover: true })).to.deep.equal([
        'school_gone 411 312',
        'school_gone 412 312',
      ]);
      expect(breachesOf(schools, { settings })).to.have.length(3);
    });

    it('may not close in a rollover that allows fewer to leave', () => {
      for (const max_removed of ['99.9%', 5000])
        expect(
          breachesOf({ '410': gone }, { settings: { rollover: { max_removed } }, inRollover: true }),
        ).to.deep.equal(['school_gone 410 312']);
    });
  });

  it('says in one line that none is gone, or that it could not be measured', () => {
    const [line, ...more] = measure({ '410': { last: 312, carried: 300 }, '999': { last: 3, carried: 3 } });
    expect(more).to.deep.equal([]);
    expect(line).to.include({ name: 'school_gone', limit: 'hold', value: '0', breached: false });
    expect(line?.sentence).to.equal('1 school of at least 10 students last delivered, and none is gone.');
    const few = measure({ '999': { last: 3, carried: 3 } })[0];
    expect(few).to.include({ value: 'not measured', breached: false });
    const first = measure(
      { '410': { carried: 9, created: 9 } },
      { unmeasured: 'nothing was delivered before' },
    );
    expect(first[0]?.sentence).to.equal('school_gone was not measured: nothing was delivered before.');
    expect(measure({})).to.deep.equal([]);
  });

  describe('per_school', () => {
    const settings = { per_school: { max_removed: '30%', max_created: 40 } };

    it('lists the schools above a limit, and one line for all of them', () => {
      const schools = {
        '410': { last: 100, carried: 69, removed: 31 },
        '411': { last: 200, carried: 241, created: 41 },
        '412': { last: 200, carried: 200, changed: 200 },
        '413': { last: 100, carried: 70, removed: 30, created: 40 },
        '999': { last: 9, carried: 0, removed: 9 },
      };
      const results = measure(schools, { settings }).filter((one) => one.name !== 'school_gone');
      expect(results.map(({ sentence, ...one }) => one)).to.deep.equal([
        { name: 'max_created', file: 'students', school: '411', limit: '40', value: '41', breached: true },
        { name: 'max_removed', file: 'students', school: '410', limit: '30%', value: '31%', breached: true },
        { name: 'per_school', limit: 'max_removed 30%, max_created 40', value: '4', breached: false },
      ]);
      expect(results.map((one) => one.sentence)).to.deep.equal([
        'students, school 411: 41 new, of 200 last delivered (41); per_school.max_created allows 40.',
        'students, school 410: 31 gone or no longer carried, of 100 last delivered (31%); per_school.max_removed allows 30%.',
        '4 schools of at least 10 students last delivered measured one by one; 1 smaller not.',
      ]);
    });

    it('does not measure what is not given, and nothing at all until it is written', () => {
      const schools = { '410': { last: 100, carried: 100, changed: 100, created: 900 } };
      expect(breachesOf(schools)).to.deep.equal([]);
      expect(breachesOf(schools, { settings: { per_school: { max_updated: '99%' } } })).to.deep.equal([
        'max_updated 410 100%',
      ]);
    });

    it('measures schools from the size that is said', () => {
      const schools = {
        '410': { last: 49, carried: 1, removed: 48 },
        '411': { last: 50, carried: 1, removed: 49 },
      };
      const from = { per_school: { max_removed: '50%', from: 50 } };
      expect(breachesOf(schools, { settings: from })).to.deep.equal(['max_removed 411 98%']);
      const none = { per_school: { max_removed: '50%', from: 51 } };
      expect(measure(schools, { settings: none }).at(-1)?.sentence).to.equal(
        'per_school was not measured: no school had 51 students last delivered.',
      );
    });

    it('says of a school that is gone nothing twice', () => {
      const schools = { '410': { last: 312, removed: 312 } };
      expect(breachesOf(schools, { settings })).to.deep.equal(['school_gone 410 312']);
      const off = { ...settings, school_gone: 'off' };
      expect(breachesOf(schools, { settings: off })).to.deep.equal(['max_removed 410 100%']);
    });

    it('is no stricter in the rollover than the window is with the district', () => {
      const schools = { '410': { last: 100, carried: 40, removed: 60, created: 41 } };
      const within = (rollover: object) =>
        breachesOf(schools, { settings: { ...settings, rollover }, inRollover: true });
      expect(within({})).to.deep.equal([]);
      expect(within({ max_removed: '50%' })).to.deep.equal(['max_removed 410 60%']);
    });

    it('refuses to measure nothing', () => {
      for (const per_school of [{}, { from: 5 }])
        expect(safeguardsSchema.safeParse({ per_school }).success).to.equal(false);
    });
  });
});
