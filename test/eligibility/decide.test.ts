import { expect } from 'chai';
import type { StateRule } from '../../src/eligibility/state-rules.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { compileSample, inAWord } from './sample-rows.ts';

const STATUSES = { active: ['0'], inactive: ['1', '2', '3'] };
const AGE = { min: 5, max: 21, as_of: '09-01' };
const CHILD = '2015-03-04';
const ADULT = '1990-03-04';

describe('compileEligibility', () => {
  for (const [policy, status, dob, verdict] of [
    ['active_or_age_eligible', '0', CHILD, 'carried active'],
    ['active_or_age_eligible', '0', ADULT, 'carried active'],
    ['active_or_age_eligible', '0', '', 'carried active'],
    ['active_or_age_eligible', '0', '2026-02-30', 'carried active'],
    ['active_or_age_eligible', '2', CHILD, 'carried inactive'],
    ['active_or_age_eligible', '2', ADULT, 'left out: age'],
    ['active_or_age_eligible', '2', '', 'rejected: bad_birth_date'],
    ['active_or_age_eligible', '2', '2015-02-30', 'rejected: bad_birth_date'],
    ['active_or_age_eligible', '2', '2026-11-23', 'rejected: bad_birth_date'],
    ['active_or_age_eligible', '2', '2026-11-22', 'left out: age'],
    ['active_or_age_eligible', '9', CHILD, 'rejected: unknown_status'],
    ['active_or_age_eligible', '', CHILD, 'rejected: blank_status'],
    ['active_only', '0', ADULT, 'carried active'],
    ['active_only', '2', CHILD, 'left out: status'],
    ['active_only', '2', '', 'left out: status'],
    ['active_only', '9', CHILD, 'rejected: unknown_status'],
    ['active_only', ' ', CHILD, 'rejected: blank_status'],
    ['active_and_age_eligible', '0', CHILD, 'carried active'],
    ['active_and_age_eligible', '0', ADULT, 'left out: age'],
    ['active_and_age_eligible', '0', '', 'rejected: bad_birth_date'],
    ['active_and_age_eligible', '2', ADULT, 'left out: status'],
    ['active_and_age_eligible', '2', '', 'left out: status'],
    ['active_and_age_eligible', '9', '', 'rejected: unknown_status'],
    ['everyone', '0', ADULT, 'carried active'],
    ['everyone', '2', '', 'carried inactive'],
    ['everyone', '9', '', 'carried inactive'],
    ['everyone', '', '', 'carried inactive'],
  ] as const)
    it(`${policy}: status "${status}" born "${dob}" is ${verdict}`, () => {
      const decide = compileSample({ policy, statuses: STATUSES, age: AGE });
      expect(inAWord(decide({ id: '1', status, dob }))).to.equal(verdict);
    });

  describe('statuses', () => {
    for (const [name, statuses, status, verdict] of [
      ['trims', STATUSES, ' 0 ', 'carried active'],
      ['does not take 00 for 0', STATUSES, '00', 'rejected: unknown_status'],
      ['takes case as it is', { active: ['A'] }, 'a', 'rejected: unknown_status'],
      ['ignores case where told', { active: ['A'], ignore_case: true }, 'a', 'carried active'],
      ['takes a listed blank as active', { active: ['A', ''] }, ' ', 'carried active'],
      ['takes a listed blank as inactive', { active: ['A'], inactive: [''] }, '', 'left out: status'],
      [
        'takes unknown as inactive where told',
        { active: ['A'], unknown: 'inactive' },
        'Z',
        'left out: status',
      ],
      ['takes blank as inactive where told', { active: ['A'], unknown: 'inactive' }, '', 'left out: status'],
      ['takes numbers of YAML as codes', { active: [0] }, '0', 'carried active'],
    ] as const)
      it(name, () => {
        const decide = compileSample({ policy: 'active_only', statuses });
        expect(inAWord(decide({ status }))).to.equal(verdict);
      });
  });

  describe('without an age rule', () => {
    const rules = { statuses: STATUSES };

    it('asks the common one where the mapping reads a birth date', () => {
      const decide = compileSample(rules);
      expect(inAWord(decide({ status: '2', dob: CHILD }))).to.equal('carried inactive');
      expect(inAWord(decide({ status: '2', dob: ADULT }))).to.equal('left out: age');
    });

    it('lets the status decide where it does not', () => {
      const decide = compileSample(rules, { without: ['birthDate'] });
      expect(inAWord(decide({ status: '2', dob: CHILD }))).to.equal('left out: status');
      expect(inAWord(decide({ status: '0', dob: ADULT }))).to.equal('carried active');
    });
  });

  it('asks the state table where it is named', () => {
    const stateRule: StateRule = {
      state: 'TX',
      name: 'Texas',
      min: 5,
      max: 20,
      as_of: '09-01',
      turning: 'included',
      until: 'reference_date',
      source: 'a statute',
      year: 2019,
    };
    const rules = { policy: 'active_and_age_eligible', statuses: STATUSES };
    const decide = compileSample({ ...rules, age: { state: 'TX' } }, { stateRule });
    expect(inAWord(decide({ status: '0', dob: '2005-09-02' }))).to.equal('carried active');
    expect(inAWord(decide({ status: '0', dob: '2005-09-01' }))).to.equal('left out: age');
    expect(inAWord(decide({ status: '0', dob: '2021-09-01' }))).to.equal('carried active');
    const excluded = compileSample({ ...rules, age: { state: 'TX', turning: 'excluded' } }, { stateRule });
    expect(inAWord(excluded({ status: '0', dob: '2021-09-01' }))).to.equal('left out: age');
    expect(() => compileSample({ ...rules, age: { state: 'TX' } })).to.throw(AppError, /row of the table/);
  });

  describe('waivers', () => {
    const decide = compileSample(
      { policy: 'active_only', statuses: STATUSES, schools: { '410': ['all'] } },
      { always: ['A', 'B'], never: ['N', 'B'] },
    );
    for (const [id, row, verdict] of [
      ['A', { status: '2', school: '999' }, 'carried inactive'],
      ['A', { status: '0', school: '999' }, 'carried active'],
      ['A', { status: '9', school: '' }, 'carried inactive'],
      [' A ', { status: '2', school: '410' }, 'carried inactive'],
      ['N', { status: '0', school: '410' }, 'left out: never_include'],
      ['B', { status: '0', school: '410' }, 'left out: never_include'],
      ['a', { status: '2', school: '410' }, 'left out: status'],
      ['', { status: '0', school: '410' }, 'carried active'],
    ] as const)
      it(`of "${id}" with ${JSON.stringify(row)}: ${verdict}`, () => {
        expect(inAWord(decide({ id, ...row }))).to.equal(verdict);
      });
  });

  it('gives one reason: never_include, then school, then status, then age', () => {
    const everything = {
      policy: 'active_and_age_eligible',
      statuses: STATUSES,
      age: AGE,
      schools: { '410': ['all'] },
    };
    const decide = compileSample(everything, { never: ['N'] });
    const wrong = { id: 'N', school: '999', status: '2', dob: ADULT };
    expect(inAWord(decide(wrong))).to.equal('left out: never_include');
    expect(inAWord(decide({ ...wrong, id: '1' }))).to.equal('left out: school');
    expect(inAWord(decide({ ...wrong, id: '1', status: '9' }))).to.equal('left out: school');
    expect(inAWord(decide({ ...wrong, id: '1', school: '410' }))).to.equal('left out: status');
    expect(inAWord(decide({ ...wrong, id: '1', school: '410', status: '0' }))).to.equal('left out: age');
    expect(inAWord(decide({ id: '1', school: '410', status: '0', dob: CHILD }))).to.equal('carried active');
  });

  it('keeps the value of a rejected row in the finding, and out of every sentence', () => {
    const decide = compileSample({ statuses: STATUSES, age: AGE });
    for (const row of [
      { status: 'Zebra', dob: CHILD },
      { status: '2', dob: '99/99/2015' },
    ]) {
      const decision = decide(row);
      if (decision.kind !== 'rejected') throw new Error('not rejected');
      const { value, message, field } = decision.finding;
      expect([row.status, row.dob]).to.include(value);
      expect(message).not.to.contain(value);
      expect(field).to.match(/^identity\.(status|birth_date)$/);
    }
  });

  it('makes one answer for all students whom the same rule leaves out', () => {
    const decide = compileSample({ statuses: STATUSES, age: AGE, schools: { '410': ['all'] } });
    const outsider = { status: '0', school: '999' };
    expect(decide(outsider)).to.equal(decide(outsider));
    const adult = { status: '2', dob: ADULT, school: '410' };
    expect(decide(adult)).to.equal(decide(adult));
  });

  it('refuses to be compiled over a mapping that lacks what it asks', () => {
    expect(() => compileSample({ statuses: STATUSES }, { without: ['status'] })).to.throw(
      AppError,
      /identity\.status/,
    );
    expect(() => compileSample({})).to.throw(AppError, /statuses/);
    expect(() => compileSample({ statuses: STATUSES, age: AGE }, { without: ['birthDate'] })).to.throw(
      AppError,
      /identity\.birth_date/,
    );
    const schools = { policy: 'everyone', schools: { '410': ['all'] } };
    expect(() => compileSample(schools, { without: ['school'] })).to.throw(AppError, /identity\.school/);
  });
});
