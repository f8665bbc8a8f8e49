import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'yaml';
import { compileAgeRule } from '../../src/eligibility/age-rule.ts';
import { eligibilitySchema, type StateAgeTable, stateAgeTableSchema } from '../../src/eligibility/schema.ts';
import { chooseStateRule } from '../../src/eligibility/state-rules.ts';
import { dayOf, find } from './sample-rows.ts';

const FILE = join(import.meta.dirname, '../../data/age-rules/us-states.yaml');

describe('the table of age rules by state', () => {
  let table: StateAgeTable;

  before(async () => {
    table = stateAgeTableSchema.parse(parse(await readFile(FILE, 'utf8')));
  });

  function ruleOf(state: string) {
    const rule = chooseStateRule(table, state);
    if (typeof rule === 'string') throw new Error(rule);
    return rule;
  }

  it('has every state and the District of Columbia once, each with source and year', () => {
    const states = table.states.map((row) => row.state);
    expect(states).to.have.length(51);
    expect(new Set(states).size).to.equal(51);
    for (const row of table.states) {
      expect(row.source).to.match(/20\d\d/);
      expect(row.year).to.be.within(2014, 2026);
      expect(row.source).to.contain(String(row.year));
    }
  });

  for (const [state, min, max, asOf] of [
    ['TX', 5, 20, '09-01'],
    ['HI', 5, 19, '07-31'],
    ['AR', 5, 20, '08-01'],
    ['CT', 5, 20, '01-01'],
    ['NM', 5, 21, '08-31'],
  ] as const)
    it(`says ${min} to ${max} on ${asOf} for ${state}`, () => {
      expect(ruleOf(state)).to.deep.include({ state, min, max, as_of: asOf });
    });

  it('holds what Texas says: at least 5 and under 21 on September 1', () => {
    const age = eligibilitySchema.parse({ age: { state: 'TX' } }).age ?? { state: 'TX' };
    const ask = compileAgeRule(age, { day: dayOf('2026-11-22'), find, stateRule: ruleOf('TX') });
    const ofAge = (birth: string) => ask(birth, []) === undefined;
    expect(['2021-09-01', '2005-09-02'].every(ofAge)).to.equal(true);
    expect(['2021-09-02', '2005-09-01'].some(ofAge)).to.equal(false);
  });

  for (const state of ['MA', 'NH', 'NJ', 'NY', 'OH', 'PA', 'VT'])
    it(`sends a district of ${state} to its own rule`, () => {
      expect(chooseStateRule(table, state)).to.match(
        /each district decides.*age: \{ min: 5, max: \d+, as_of/,
      );
    });

  it('says what it does not know', () => {
    expect(chooseStateRule(table, 'FL')).to.match(
      /no upper age for Florida.*min: 5, max: 20, as_of: "09-01"/,
    );
    expect(chooseStateRule(table, 'ZZ')).to.match(/no row ZZ/);
  });

  it('suggests rules that can be written as they stand', () => {
    for (const { state } of table.states) {
      const said = chooseStateRule(table, state);
      if (typeof said !== 'string') continue;
      const [, written = ''] = /such as age: (\{.*\})$/.exec(said) ?? [];
      expect(eligibilitySchema.safeParse({ age: parse(written) }).success, said).to.equal(true);
    }
  });
});
