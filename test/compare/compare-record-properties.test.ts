import { expect } from 'chai';
import fc from 'fast-check';
import { type Comparison, compileComparison, type KnownRecord } from '../../src/compare/compare-record.ts';
import { compileGradeOrder } from '../../src/compare/grade-order.ts';
import { isBlank } from '../../src/vocabulary/row.ts';
import { CHANGES } from '../../src/vocabulary/verdict.ts';

const FIELDS = ['a', 'b', 'c', 'd', 'e'];
const value = fc.constantFrom('', ' ', 'x', 'y', 'Ortiz');
const standing = {
  active: fc.boolean(),
  school: fc.constantFrom('', '410', '411'),
  grade: fc.constantFrom('', 'K', '1', '2', 'TT'),
};
const fields = fc.shuffledSubarray(FIELDS, { minLength: 1 });

/** A night's table after the night before, each with fields of its own. */
const scene = fc
  .record({ targets: fields, lastTargets: fields, overwrite: fc.infiniteStream(fc.boolean()) })
  .chain(({ targets, lastTargets, overwrite }) => {
    const values = (count: number) => fc.array(value, { minLength: count, maxLength: count });
    return fc.record({
      options: fc.record({
        targets: fc.constant(targets),
        lastTargets: fc.constant(lastTargets),
        overwrite: fc.constant([...overwrite.take(targets.length)]),
        reactivate: fc.constantFrom('hold', 'send', 'keep_inactive'),
        gradeOrder: fc.constant(compileGradeOrder()),
      }),
      before: fc.option(
        fc.record({
          id: fc.constant('7'),
          values: values(lastTargets.length),
          mapped: fc.constant('0123456789abcdef'),
          deactivated: fc.boolean(),
          ...standing,
        }),
        { nil: undefined },
      ),
      after: fc.record({ id: fc.constant('7'), values: values(targets.length), ...standing }),
    });
  });

/** The delivered table as the other side has it: the last values by name, differences put over them. */
function applied(
  before: KnownRecord,
  lastTargets: readonly string[],
  comparison: Comparison,
  targets: readonly string[],
) {
  const table = new Map(lastTargets.map((target, at) => [target, before.values[at] ?? '']));
  for (const { field, after } of comparison.differences) table.set(field, after);
  return targets.map((target) => table.get(target) ?? '');
}

describe('compileComparison, whatever the record', () => {
  it('gives exactly one change, and differences that lead from the last values to those delivered', () => {
    fc.assert(
      fc.property(scene, ({ options, before, after }) => {
        const comparison = compileComparison(options)(before, after);
        expect(CHANGES).to.include(comparison.change);
        expect(comparison.change === 'created').to.equal(before === undefined);
        expect(comparison.effective).to.have.length(options.targets.length);
        if (!before) return;
        expect(comparison.differences.length === 0).to.equal(comparison.change === 'unchanged');
        for (const one of comparison.differences) expect(one.before).to.not.equal(one.after);
        const delivered = applied(before, options.lastTargets, comparison, options.targets);
        expect(comparison.effective.map((one) => one.trim())).to.deep.equal(
          delivered.map((one) => one.trim()),
        );
      }),
    );
  });

  it('never erases by a blank unless overwrite says so', () => {
    fc.assert(
      fc.property(scene, ({ options, before, after }) => {
        if (!before) return;
        const { effective } = compileComparison(options)(before, after);
        for (const [at, target] of options.targets.entries()) {
          const last = before.values[options.lastTargets.indexOf(target)] ?? '';
          if (!options.overwrite[at] && !isBlank(last)) expect(isBlank(effective[at] ?? '')).to.equal(false);
        }
      }),
    );
  });

  it('finds nothing the second time', () => {
    fc.assert(
      fc.property(scene, ({ options, before, after }) => {
        const first = compileComparison(options)(before, after);
        const { effective: values, standing: last } = first;
        const again = compileComparison({ ...options, lastTargets: options.targets });
        const delivered = { id: '7', values, mapped: '', ...last };
        if (first.notice === undefined) {
          const second = again(delivered, after);
          expect(second.change).to.equal('unchanged');
          expect(second.effective).to.deep.equal(values);
        }
        expect(again(delivered, { id: '7', values, ...last }).change).to.equal('unchanged');
      }),
    );
  });

  it('keeps nothing from one record to the next', () => {
    fc.assert(
      fc.property(scene, scene, ({ options, before, after }, other) => {
        const compare = compileComparison(options);
        const alone = compare(before, after);
        compare({ ...other.after, mapped: '' }, after);
        compare(undefined, other.after);
        expect(compare(before, after)).to.deep.equal(alone);
      }),
    );
  });
});
