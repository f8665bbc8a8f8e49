import { expect } from 'chai';
import fc from 'fast-check';
import {
  type Aftermath,
  compileRemoval,
  type Fate,
  type RemovalOptions,
  strongerFate,
} from '../../src/compare/find-removed.ts';
import { AppError } from '../../src/errors/app-error.ts';
import { known, TARGETS } from './a-comparison.ts';

function compileSample(options: Partial<RemovalOptions> = {}) {
  return compileRemoval({
    targets: TARGETS,
    lastTargets: TARGETS,
    removed: 'report',
    rejected: 'carry_forward',
    ...options,
  });
}

const FATES: readonly Fate[] = ['carried', 'held', 'rejected', 'duplicate', 'ineligible', 'absent', 'apart'];

describe('compileRemoval', () => {
  for (const [fate, rejected, kind] of [
    ['carried', 'carry_forward', 'none'],
    ['rejected', 'carry_forward', 'carried_forward'],
    ['rejected', 'leave_out', 'left_as_is'],
    ['duplicate', 'carry_forward', 'carried_forward'],
    ['duplicate', 'leave_out', 'left_as_is'],
    ['held', 'carry_forward', 'carried_forward'],
    ['held', 'leave_out', 'carried_forward'],
    ['apart', 'carry_forward', 'left_as_is'],
    ['absent', 'carry_forward', 'removed'],
    ['absent', 'leave_out', 'removed'],
    ['ineligible', 'carry_forward', 'removed'],
  ] as const)
    it(`${fate}, rejected: ${rejected}: ${kind}`, () => {
      expect(compileSample({ rejected })(known(), fate).kind).to.equal(kind);
    });

  it('says why a student is removed', () => {
    const expected = (why: string) => ({ kind: 'removed', why });
    expect(compileSample()(known(), 'absent')).to.deep.equal(expected('absent'));
    expect(compileSample()(known(), 'ineligible')).to.deep.equal(expected('ineligible'));
  });

  it('sends the last record again, as it was', () => {
    const aftermath = compileSample()(known(), 'rejected');
    expect(aftermath).to.deep.equal({ kind: 'carried_forward', values: known().values });
  });

  it("sends the last record in tonight's columns where the mapping changed", () => {
    const sample = compileSample({ targets: ['email', 'status', 'id'] });
    expect(sample(known(), 'rejected')).to.deep.equal({ kind: 'carried_forward', values: ['', 'A', '7'] });
  });

  it('makes a last row with the fields that deactivate', () => {
    const sample = compileSample({ removed: { deactivate: { status: 'Inactive', phone: '' } } });
    const expected: Aftermath = { kind: 'removed', why: 'absent', lastRow: ['7', 'Ortiz', '', 'Inactive'] };
    expect(sample(known(), 'absent')).to.deep.equal(expected);
    expect(sample(known(), 'carried').kind).to.equal('none');
  });

  it('leaves in peace who got a last row before', () => {
    const sample = compileSample({ removed: { deactivate: { status: 'Inactive' } } });
    for (const fate of FATES)
      expect(sample(known({ deactivated: true }), fate)).to.deep.equal({ kind: 'none' });
  });

  it('refuses fields that the file has not, all at once', () => {
    const compile = () =>
      compileSample({ removed: { deactivate: { 'students.status': 'I', status: 'I', x: '' } } });
    expect(compile).to.throw(/2 mistakes/);
    expect(() => compileSample({ removed: { deactivate: { x: '' } } }))
      .to.throw(AppError, /deactivate sets x/)
      .with.property('code', 'config_invalid');
  });

  it('never removes a student whose row is there', () => {
    const options = fc.record({
      removed: fc.constantFrom('report' as const, { deactivate: { status: 'I' } }),
      rejected: fc.constantFrom('carry_forward' as const, 'leave_out' as const),
    });
    fc.assert(
      fc.property(options, fc.constantFrom(...FATES), (one, fate) => {
        const isRemoved = compileSample(one)(known(), fate).kind === 'removed';
        expect(isRemoved).to.equal(fate === 'absent' || fate === 'ineligible');
      }),
    );
  });
});

describe('strongerFate', () => {
  it('lets a carried row win, and a broken one over a rule', () => {
    expect(strongerFate('ineligible', 'carried')).to.equal('carried');
    expect(strongerFate('rejected', 'ineligible')).to.equal('rejected');
    expect(strongerFate('absent', 'ineligible')).to.equal('ineligible');
    expect(strongerFate('held', 'rejected')).to.equal('held');
  });

  it('does not depend on the order of rows', () => {
    const fate = fc.constantFrom(...FATES);
    fc.assert(
      fc.property(fc.array(fate, { minLength: 1 }), (fates) => {
        const backwards = fates.toReversed().reduce(strongerFate);
        expect(fates.reduce(strongerFate)).to.equal(backwards);
      }),
    );
  });
});
