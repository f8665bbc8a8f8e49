import { expect } from 'chai';
import { eligibilitySchema } from '../../src/eligibility/schema.ts';
import { whyIncomplete } from '../../src/eligibility/why-incomplete.ts';

const ALL = { status: true, birthDate: true, school: true };
const NONE = { status: false, birthDate: false, school: false };
const statuses = { active: ['0'] };

describe('whyIncomplete', () => {
  for (const [written, identity, faults] of [
    [{ policy: 'everyone' }, NONE, []],
    [{ statuses }, ALL, []],
    [{ statuses }, { ...ALL, birthDate: false }, []],
    [{ statuses, age: {} }, { ...ALL, birthDate: false }, [/identity\.birth_date/]],
    [{ policy: 'active_only', statuses, age: {} }, { ...ALL, birthDate: false }, []],
    [{ policy: 'active_and_age_eligible', statuses }, { ...ALL, birthDate: false }, [/identity\.birth_date/]],
    [{ policy: 'active_and_age_eligible', statuses }, ALL, []],
    [{}, ALL, [/needs statuses/]],
    [{ policy: 'active_only' }, NONE, [/needs statuses/, /identity\.status/]],
    [{ policy: 'everyone', schools: { '410': [] } }, NONE, [/identity\.school/]],
  ] as const)
    it(`finds ${faults.length} faults in ${JSON.stringify(written)} over ${JSON.stringify(identity)}`, () => {
      const found = whyIncomplete(eligibilitySchema.parse(written), identity);
      expect(found).to.have.length(faults.length);
      for (const [at, fault] of faults.entries()) expect(found[at]).to.match(fault);
    });
});
