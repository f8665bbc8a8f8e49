// biome-ignore-all lint/suspicious/noThenProperty: the step `if` has a word `then`; no promise is near.
import { expect } from 'chai';
import { TRANSFORMATIONS } from '../../../src/mapping/transforms/all.ts';
import { stepSchema } from '../../../src/mapping/transforms/step-schema.ts';

describe('mapping/transforms/step-schema', () => {
  it('takes a bare name with the defaults of its options', () => {
    expect(stepSchema.parse('today')).to.deep.equal({ name: 'today', options: { format: 'yyyy-MM-dd' } });
    expect(stepSchema.parse('trim')).to.deep.equal({ name: 'trim', options: {} });
  });

  it('takes one name with options, and adds nothing of the others', () => {
    const date = { from: ['M/d/yyyy'], to: 'yyyy-MM-dd' };
    expect(stepSchema.parse({ date: { from: 'M/d/yyyy' } })).to.deep.equal({ name: 'date', options: date });
    expect(stepSchema.parse({ date: 'M/d/yyyy' })).to.deep.equal({ name: 'date', options: date });
    expect(stepSchema.parse({ value: 7 })).to.deep.equal({ name: 'value', options: '7' });
  });

  it('takes what it gave once more where it is read from a kept mapping', () => {
    for (const one of TRANSFORMATIONS) {
      const options = one.examples[0]?.options;
      expect(
        stepSchema.safeParse(options === undefined ? one.name : { [one.name]: options }).success,
        one.name,
      ).to.equal(true);
    }
  });

  const refused: Record<string, unknown> = {
    'an unknown name': 'tirm',
    'a name that needs options': 'substring',
    'an unknown name with options': { tirm: {} },
    'unknown options': { date: { from: 'M/d/yyyy', format: 'x' } },
    'two names': { trim: {}, upper: {} },
    nothing: {},
    'options of nothing': { trim: null },
    'a start of 0': { substring: { start: 0 } },
    'a part 0': { split: { on: ',', take: 0 } },
    'an empty text to split on': { split: { on: '' } },
    'an empty text to find': { substitute: { find: '' } },
    'a pattern that is none': { substitute: { find: '(', regex: true } },
    'a pattern without end': { substitute: { find: '(\\w+\\s?)*$', regex: true } },
    'a padding of two characters': { pad_left: { length: 3, with: 'ab' } },
    'a country that is none': { phone: { country: 'USA' } },
    'a pattern of nine nines': { phone: '999-999-999' },
    'a word for yes and no': { boolean: { true: ['J'], false: ['j'] } },
    'three words for two answers': { boolean: { as: ['Y', 'N', '?'] } },
    'a pivot of three digits': { date: { from: 'M/d/yy', pivot: 100 } },
    'an output format of nothing': { today: 'Y' },
    'a template without a column': { template: 'constant' },
    'a template with an open brace': { template: '{Last' },
    'a template with an empty name': { template: '{Last} { }' },
    'a condition without a test': { if: { column: 'A', then: 'x' } },
    'an unknown word of a condition': { if: { column: 'A', iz: 'x', then: 'y' } },
    'an empty list of columns': { pick: [] },
  };
  for (const [what, step] of Object.entries(refused)) {
    it(`refuses ${what}`, () => expect(stepSchema.safeParse(step).success).to.equal(false));
  }

  it('says where in a condition the mistake is', () => {
    const found = stepSchema.safeParse({ if: { all: [{ column: 'A' }], then: 'x' } });
    expect(JSON.stringify(found.error?.issues)).to.include('needs one of: is, in, empty');
  });
});
