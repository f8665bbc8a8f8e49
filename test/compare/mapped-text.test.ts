import { expect } from 'chai';
import { compileMappedText, isAsDelivered } from '../../src/compare/mapped-text.ts';
import { known, mapped, TARGETS } from './a-comparison.ts';

const OVERWRITE = [false, false, true, false];

describe('the fast path', () => {
  const textOf = compileMappedText({ targets: TARGETS, overwrite: OVERWRITE });
  const text = textOf(mapped());

  it('has the same text for the same record', () => {
    expect(compileMappedText({ targets: [...TARGETS], overwrite: [...OVERWRITE] })(mapped())).to.equal(text);
  });

  for (const [what, other] of [
    ['a value', textOf(mapped({ values: ['7', 'Ortiz', '', 'A'] }))],
    ['a value in another field', textOf(mapped({ values: ['7', '555', 'Ortiz', 'A'] }))],
    ['the status', textOf(mapped({ active: false }))],
    ['the school', textOf(mapped({ school: '411' }))],
    ['the grade', textOf(mapped({ grade: '6' }))],
    ['what a blank means', compileMappedText({ targets: TARGETS, overwrite: [] })(mapped())],
    [
      'the fields',
      compileMappedText({ targets: ['id', 'name', 'phone', 'status'], overwrite: OVERWRITE })(mapped()),
    ],
  ] as const)
    it(`sees ${what}`, () => {
      expect(other).to.not.equal(text);
    });

  it('holds for the same hash alone', () => {
    expect(isAsDelivered(known({ mapped: 'aa' }), 'aa')).to.equal(true);
    expect(isAsDelivered(known({ mapped: 'aa' }), 'ab')).to.equal(false);
    expect(isAsDelivered(known({ mapped: '' }), '')).to.equal(false);
    expect(isAsDelivered(known({ mapped: 'aa', deactivated: true }), 'aa')).to.equal(false);
    expect(isAsDelivered(undefined, 'aa')).to.equal(false);
  });
});
