import { expect } from 'chai';
import type { KnownRecord, MappedRecord } from '../../src/compare/compare-record.ts';
import type { Change } from '../../src/vocabulary/verdict.ts';
import { compileSample, known, mapped } from './a-comparison.ts';

type Case = [what: string, before: Partial<KnownRecord>, after: Partial<MappedRecord>, change: Change];

const NEW_NAME = { values: ['7', 'Ruiz', '555', 'A'] };
const CASES: readonly Case[] = [
  ['the same values', {}, {}, 'unchanged'],
  ['another value', {}, NEW_NAME, 'updated'],
  ['another school', {}, { school: '411' }, 'transferred'],
  ['a school that was not known', { school: '' }, { school: '411' }, 'unchanged'],
  ['a school that is not known tonight', {}, { school: '' }, 'unchanged'],
  ['a higher grade', {}, { grade: '6' }, 'promoted'],
  ['the same grade, written differently', { grade: '5' }, { grade: '05' }, 'unchanged'],
  ['a lower grade', {}, { grade: '4' }, 'unchanged'],
  ['a lower grade and another value', {}, { grade: '4', ...NEW_NAME }, 'updated'],
  ['first grade after Kindergarten', { grade: 'KG' }, { grade: '1' }, 'promoted'],
  ['a grade that nobody knows', {}, { grade: 'TT' }, 'unchanged'],
  ['no longer active', {}, { active: false }, 'deactivated'],
  ['still not active', { active: false }, { active: false }, 'unchanged'],
  ['active again', { active: false }, {}, 'reactivated'],
  ['back after a last row', { deactivated: true }, {}, 'reactivated'],
  ['back after a last row, not active', { deactivated: true }, { active: false }, 'unchanged'],
  ['reactivated before transferred', { active: false }, { school: '411', grade: '6' }, 'reactivated'],
  ['deactivated before transferred', {}, { active: false, school: '411' }, 'deactivated'],
  ['deactivated before promoted', {}, { active: false, grade: '6' }, 'deactivated'],
  ['transferred before promoted', {}, { school: '411', grade: '6' }, 'transferred'],
  ['transferred before updated', {}, { school: '411', ...NEW_NAME }, 'transferred'],
  ['promoted before updated', {}, { grade: '6', ...NEW_NAME }, 'promoted'],
];

describe('compileComparison', () => {
  for (const [what, before, after, change] of CASES)
    it(`${what}: ${change}`, () => {
      expect(compileSample()(known(before), mapped(after)).change).to.equal(change);
    });

  it('knows nothing of a student who was never delivered: created, as mapped', () => {
    const { standing, ...rest } = compileSample()(undefined, mapped());
    expect(rest).to.deep.equal({ change: 'created', effective: mapped().values, differences: [] });
    expect(standing).to.deep.equal({ active: true, school: '410', grade: '5' });
  });

  it('tells the fields that differ, before and after', () => {
    const { differences, effective } = compileSample()(
      known(),
      mapped({ values: ['7', 'Ruiz', '556', 'A'] }),
    );
    expect(differences).to.deep.equal([
      { field: 'lname', before: 'Ortiz', after: 'Ruiz' },
      { field: 'phone', before: '555', after: '556' },
    ]);
    expect(effective).to.deep.equal(['7', 'Ruiz', '556', 'A']);
  });

  for (const [what, before, after, line] of [
    ['deactivated', {}, { active: false }, ['identity.status', 'active', 'not active']],
    ['reactivated', { active: false }, {}, ['identity.status', 'not active', 'active']],
    ['transferred', {}, { school: '411' }, ['identity.school', '410', '411']],
    ['promoted', {}, { grade: '6' }, ['identity.grade', '5', '6']],
  ] as const)
    it(`${what} says why where no field shows it`, () => {
      const { change, differences } = compileSample()(known(before), mapped(after));
      expect(change).to.equal(what);
      const [field, was, is] = line;
      expect(differences).to.deep.equal([{ field, before: was, after: is }]);
      const shown = compileSample()(known(before), mapped({ ...after, ...NEW_NAME }));
      expect(shown.differences.map((one) => one.field)).to.deep.equal(['lname']);
    });

  it('remembers the last school and grade over a night without them', () => {
    const { standing } = compileSample()(known(), mapped({ school: '', grade: '' }));
    expect(standing).to.deep.equal({ active: true, school: '410', grade: '5' });
  });
});

describe('compileComparison: blanks', () => {
  const compare = compileSample();

  it('a blank carries the last value forward where overwrite is false', () => {
    for (const blank of ['', '  ']) {
      const { change, effective } = compare(known(), mapped({ values: ['7', blank, '555', 'A'] }));
      expect({ change, effective }).to.deep.equal({
        change: 'unchanged',
        effective: ['7', 'Ortiz', '555', 'A'],
      });
    }
  });

  it('a blank clears where overwrite is true', () => {
    const { change, effective, differences } = compare(known(), mapped({ values: ['7', '', '', 'A'] }));
    expect(change).to.equal('updated');
    expect(effective).to.deep.equal(['7', 'Ortiz', '', 'A']);
    expect(differences).to.deep.equal([{ field: 'phone', before: '555', after: '' }]);
  });

  it('a value over a blank is an update', () => {
    const before = known({ values: ['7', '', '', 'A'] });
    expect(compare(before, mapped()).differences).to.deep.equal([
      { field: 'lname', before: '', after: 'Ortiz' },
      { field: 'phone', before: '', after: '555' },
    ]);
  });

  it('never changes what it was given', () => {
    const before = Object.freeze(known({ values: Object.freeze(['7', 'Ortiz', '555', 'A']) }));
    const after = mapped({ values: Object.freeze(['7', '', '555', 'A']) });
    expect(compare(before, after).effective).to.deep.equal(before.values);
    expect(after.values).to.deep.equal(['7', '', '555', 'A']);
  });
});

describe('compileComparison: the mapping changed', () => {
  it('compares by field name, whatever the order', () => {
    const compare = compileSample({ lastTargets: ['status', 'phone', 'lname', 'id'] });
    const { change, effective } = compare(
      known({ values: ['A', '555', 'Ortiz', '7'] }),
      mapped({ values: ['7', '', '555', 'A'] }),
    );
    expect({ change, effective }).to.deep.equal({
      change: 'unchanged',
      effective: ['7', 'Ortiz', '555', 'A'],
    });
  });

  it('takes a new field with a value for an update, and a blank one for nothing', () => {
    const compare = compileSample({ lastTargets: ['id', 'lname', 'phone'] });
    const before = known({ values: ['7', 'Ortiz', '555'] });
    expect(compare(before, mapped()).differences).to.deep.equal([
      { field: 'status', before: '', after: 'A' },
    ]);
    expect(compare(before, mapped({ values: ['7', 'Ortiz', '555', ''] })).change).to.equal('unchanged');
  });

  it('does not miss a field that is gone', () => {
    const compare = compileSample({
      targets: ['id', 'lname'],
      lastTargets: ['id', 'lname', 'phone', 'status'],
    });
    const { change, effective } = compare(known(), mapped({ values: ['7', 'Ortiz'] }));
    expect({ change, effective }).to.deep.equal({ change: 'unchanged', effective: ['7', 'Ortiz'] });
  });
});

describe('compileComparison: active again', () => {
  const before = known({ active: false, values: ['7', 'Ortiz', '555', 'I'] });
  const after = mapped({ school: '411', values: ['7', 'Ruiz', '556', 'A'] });

  it('send: is sent as reactivated', () => {
    const { change, effective, hold } = compileSample({ reactivate: 'send' })(before, after);
    expect({ change, effective, hold }).to.deep.equal({
      change: 'reactivated',
      effective: after.values,
      hold: undefined,
    });
  });

  it('hold: is compared all the same, and waits', () => {
    const { change, differences, hold } = compileSample({ reactivate: 'hold' })(before, after);
    expect(change).to.equal('reactivated');
    expect(differences).to.have.length(3);
    expect(hold)
      .to.match(/reactivate is hold/)
      .and.not.match(/Ortiz|Ruiz|55|411/);
  });

  it('hold: asks about nobody else', () => {
    expect(compileSample({ reactivate: 'hold' })(known(), after)).to.not.have.property('hold');
  });

  it('keep_inactive: the last values stand, and stay not active', () => {
    const comparison = compileSample({ reactivate: 'keep_inactive' })(before, after);
    const { notice, ...rest } = comparison;
    expect(rest).to.deep.equal({
      change: 'unchanged',
      effective: before.values,
      differences: [],
      standing: { active: false, school: '410', grade: '5' },
    });
    expect(notice)
      .to.match(/keep_inactive/)
      .and.not.match(/Ortiz|Ruiz|55|411/);
  });

  it('keep_inactive: a field that is new to the file is filled', () => {
    const compare = compileSample({ reactivate: 'keep_inactive', lastTargets: ['id', 'lname', 'phone'] });
    const { change, effective, standing } = compare(
      known({ active: false, values: ['7', 'Ortiz', '555'] }),
      after,
    );
    expect({ change, effective }).to.deep.equal({ change: 'updated', effective: ['7', 'Ortiz', '555', 'A'] });
    expect(standing.active).to.equal(false);
  });
});
