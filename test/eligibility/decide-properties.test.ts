import { expect } from 'chai';
import fc from 'fast-check';
import { INELIGIBLE_REASONS } from '../../src/vocabulary/verdict.ts';
import { compileSample, inAWord } from './sample-rows.ts';

const STATUSES = { active: ['0', 'A'], inactive: ['1', '2'] };
const IDS = ['1', '2', '3', '4'];

const row = fc.record({
  id: fc.constantFrom(...IDS, ''),
  status: fc.oneof(fc.constantFrom('0', 'A', '1', '2', '', ' 0 '), fc.string()),
  dob: fc.oneof(
    fc.integer({ min: 1980, max: 2030 }).map((year) => `${year}-09-01`),
    fc.constantFrom('', '2015-02-30', '9/1/2015'),
    fc.string(),
  ),
  school: fc.oneof(fc.constantFrom('410', '411', '999', ''), fc.string()),
  studentStatus: fc.constantFrom('Enrolled', 'Pre-enrolled', ''),
});
const policy = fc.constantFrom(
  'active_or_age_eligible',
  'active_only',
  'active_and_age_eligible',
  'everyone',
);
const ids = fc.subarray(IDS);

describe('compileEligibility, whatever the row', () => {
  it('gives every row exactly one answer', () => {
    const rules = fc.record({
      policy,
      statuses: fc.record({
        ...{ active: fc.constant(STATUSES.active), inactive: fc.constant(STATUSES.inactive) },
        unknown: fc.constantFrom('reject', 'inactive'),
        ignore_case: fc.boolean(),
      }),
      age: fc.constantFrom<object>(
        {},
        { min: 5, max: 18, turning: 'excluded', until: 'birthday' },
        {
          bands: [
            { min: 5, max: 20 },
            { where: { column: 'SpEd', is: 'Y' }, min: 3 },
          ],
        },
      ),
      categories: fc.constant({ enrolled: { column: 'studentStatus', is: 'Enrolled' } }),
      schools: fc.constantFrom({ default: ['enrolled'], '999': [] }, { '410': ['enrolled'] }),
    });
    fc.assert(
      fc.property(rules, row, ids, ids, (written, one, always, never) => {
        const decide = compileSample(written, { always, never });
        const decision = decide(one);
        expect(decision).to.deep.equal(decide(one));
        if (decision.kind === 'left_out') {
          expect(INELIGIBLE_REASONS).to.include(decision.reason);
          expect(decision.rule).to.match(/^[A-Z].*\.$/);
        }
        if (decision.kind === 'rejected') expect(decision.finding.message).to.match(/^[A-Z].*\.$/);
        if (never.includes(one.id)) expect(inAWord(decision)).to.equal('left out: never_include');
        else if (always.includes(one.id)) expect(decision.kind).to.equal('carried');
      }),
    );
  });

  it('carries everybody but never_include where the policy is everyone', () => {
    fc.assert(
      fc.property(row, ids, ids, (one, always, never) => {
        const decide = compileSample({ policy: 'everyone', statuses: STATUSES }, { always, never });
        expect(decide(one).kind).to.equal(never.includes(one.id) ? 'left_out' : 'carried');
      }),
    );
  });

  it('never leaves out more when max is widened, nor when min is lowered', () => {
    const carries = (min: number, max: number, written: object) =>
      compileSample({ ...written, statuses: STATUSES, age: { min, max } });
    const ages = fc.tuple(...Array.from({ length: 4 }, () => fc.integer({ min: 0, max: 40 })));
    fc.assert(
      fc.property(policy, row, ages, (name, one, drawn) => {
        const [least = 0, min = 0, max = 0, most = 0] = drawn.toSorted((a, b) => a - b);
        const narrow = carries(min, max, { policy: name })(one);
        const wide = carries(least, most, { policy: name })(one);
        if (narrow.kind !== 'left_out') expect(wide).to.deep.equal(narrow);
      }),
    );
  });

  it('carries under active_or_age_eligible whom it carries under active_only and active_and_age_eligible', () => {
    fc.assert(
      fc.property(row, (one) => {
        const carriedBy = (name: string) =>
          compileSample({ policy: name, statuses: STATUSES, age: {} })(one).kind === 'carried';
        if (carriedBy('active_and_age_eligible')) expect(carriedBy('active_only')).to.equal(true);
        if (carriedBy('active_only')) expect(carriedBy('active_or_age_eligible')).to.equal(true);
      }),
    );
  });
});
