import { expect } from 'chai';
import { z } from 'zod';
import { eligibilitySchema } from '../../src/eligibility/schema.ts';

function faultsOf(written: unknown): string[] {
  const result = eligibilitySchema.safeParse(written);
  return result.success ? [] : result.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
}

const ACTIVE = { column: 'S', is: 'A' };

describe('eligibilitySchema', () => {
  it('has the documented defaults', () => {
    expect(eligibilitySchema.parse({})).to.deep.equal({
      policy: 'active_or_age_eligible',
      school_year_starts: '07-01',
      always_include: [],
      never_include: [],
    });
    expect(eligibilitySchema.parse({ statuses: { active: [0] }, age: {} })).to.deep.include({
      statuses: { active: ['0'], inactive: [], unknown: 'reject', ignore_case: false },
      age: { min: 5, max: 21, as_of: '09-01', turning: 'included', until: 'reference_date' },
    });
  });

  it('takes the three kinds of an age rule', () => {
    const ageOf = (age: unknown) => eligibilitySchema.parse({ age }).age;
    expect(ageOf({ max: 18, as_of: 'today' })).to.deep.include({ min: 5, max: 18, as_of: 'today' });
    expect(ageOf({ state: 'TX', turning: 'excluded' })).to.deep.equal({ state: 'TX', turning: 'excluded' });
    const bands = [{ min: 3 }, { where: ACTIVE, max: 25, until: 'birthday' }];
    expect(ageOf({ bands })).to.deep.equal({
      as_of: '09-01',
      turning: 'included',
      until: 'reference_date',
      bands: [
        { min: 3, max: 21 },
        { min: 5, max: 25, where: ACTIVE, until: 'birthday' },
      ],
    });
  });

  for (const [written, path, says] of [
    [{ polic: 'everyone' }, '', /polic/],
    [{ policy: 'all' }, 'policy', /./],
    [{ age: { minimum: 5 } }, 'age', /minimum/],
    [{ age: { min: 22 } }, 'age', /min is above max/],
    [{ age: { as_of: '09-31' } }, 'age.as_of', /./],
    [{ age: { as_of: '9/1' } }, 'age.as_of', /./],
    [{ age: { state: 'Texas' } }, 'age.state', /two capital letters/],
    [{ age: { state: 'TX', max: 20 } }, 'age', /max cannot stand beside state/],
    [{ age: { bands: [{ min: 5 }], max: 20 } }, 'age', /max cannot stand beside bands/],
    [{ age: { bands: [{ min: 5, wher: ACTIVE }] } }, 'age.bands.0', /wher/],
    [{ age: { bands: [{ min: 30 }] } }, 'age.bands.0', /min is above max/],
    [{ age: { bands: [{ where: { colum: 'S', is: 'A' } }] } }, 'age.bands.0.where', /colum/],
    [{ school_year_starts: '02-29' }, 'school_year_starts', /every year/],
    [{ statuses: { active: [] } }, 'statuses.active', /./],
    [{ statuses: { active: ['A'], inactive: ['B', ' A'] } }, 'statuses.inactive.1', /active as well/],
    [
      { statuses: { active: ['A'], inactive: ['a'], ignore_case: true } },
      'statuses.inactive.0',
      /active as well/,
    ],
    [{ categories: { enrolled: { colum: 'S' } } }, 'categories.enrolled', /colum/],
    [{ categories: { '1': ACTIVE } }, 'categories.1', /./],
    [
      { categories: { enrolled: ACTIVE }, schools: { '410': ['enroled'] } },
      'schools.410.0',
      /which are enrolled/,
    ],
    [{ never_include: { file: 'w.csv', id: 'id', untill: 'x' } }, 'never_include', /untill/],
  ] as const)
    it(`says once, and where, what is wrong with ${JSON.stringify(written)}`, () => {
      const faults = faultsOf(written);
      expect(faults).to.have.length(1);
      expect(faults[0]?.split(': ')[0]).to.equal(path);
      expect(faults[0]).to.match(says);
    });

  it('can be given to an editor as JSON Schema', () => {
    const schema = JSON.stringify(z.toJSONSchema(eligibilitySchema, { io: 'input' }));
    for (const word of ['active_or_age_eligible', 'bands', 'end_of_school_year', 'never_include'])
      expect(schema).to.contain(word);
  });
});
