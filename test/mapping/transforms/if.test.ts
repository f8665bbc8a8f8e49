// biome-ignore-all lint/suspicious/noThenProperty: the step `if` has a word `then`; no promise is near.
import { expect } from 'chai';
import { stepOf } from './a-step.ts';

describe('mapping/transforms/if', () => {
  it('knows the whole language of conditions', () => {
    const row = { Grade: 'K', Entered: '11/23/2026', Name: 'Maria' };
    const holds = (condition: object) => stepOf('if', { ...condition, then: 'yes', else: 'no' }, row)('');
    expect(holds({ column: 'Grade', is: 'k', ignore_case: true })).to.equal('yes');
    expect(holds({ column: 'Grade', is: 'k' })).to.equal('no');
    expect(holds({ column: 'Entered', after: 'today' })).to.equal('yes');
    expect(holds({ column: 'Entered', before: '2026-11-01', format: 'M/d/yyyy' })).to.equal('no');
    expect(holds({ column: 'Name', matches: 'M.*' })).to.equal('yes');
    expect(holds({ any: [{ column: 'Name', is: 'x' }, { not: { column: 'Grade', empty: true } }] })).to.equal(
      'yes',
    );
    expect(
      holds({
        all: [
          { column: 'Name', is: 'x' },
          { column: 'Grade', is: 'K' },
        ],
      }),
    ).to.equal('no');
  });

  it('gives a text, a column, or the value as it is', () => {
    const row = { A: 'x', B: 'b' };
    expect(stepOf('if', { column: 'A', is: 'x', then: 1, else: 2 }, row)('v')).to.equal('1');
    expect(stepOf('if', { column: 'A', is: 'y', then: 1, else: { column: ['Z', 'B'] } }, row)('v')).to.equal(
      'b',
    );
    expect(stepOf('if', { column: 'A', is: 'y', then: 1 }, row)(' v ')).to.equal(' v ');
    expect(stepOf('if', { column: 'A', is: 'x', else: 1 }, row)('v')).to.equal('v');
    expect(stepOf('if', { column: 'A', is: 'x', then: '' }, row)('v')).to.equal('');
  });
});
