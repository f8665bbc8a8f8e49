import { expect } from 'chai';
import type { MappedRecord } from '../../src/compare/compare-record.ts';
import { compileMappedText } from '../../src/compare/mapped-text.ts';
import { mapped as record, TARGETS } from './a-comparison.ts';

const OVERWRITE = [false, false, true, false];

function mapped(what: Partial<MappedRecord> = {}) {
  const one = record(what);
  return { ...one, line: one.values.join(',') };
}

describe('the text of a mapped record', () => {
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

  it('leaves a value aside that is the day of the run, and sees that it is one', () => {
    const volatile = [false, false, false, true];
    const dated = compileMappedText({ targets: TARGETS, overwrite: OVERWRITE, volatile });
    expect(dated(mapped({ values: ['7', 'Ortiz', '555', '2026-11-23'] }))).to.equal(dated(mapped()));
    expect(dated(mapped({ values: ['7', 'Ortega', '555', 'A'] }))).to.not.equal(dated(mapped()));
    expect(dated(mapped())).to.not.equal(text);
  });
});
