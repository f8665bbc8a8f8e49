import { expect } from 'chai';
import { z } from 'zod';
import { conditionSchema } from '../../src/conditions/schema.ts';

function faultsOf(written: unknown): string[] {
  const result = conditionSchema.safeParse(written);
  return result.success ? [] : result.error.issues.map((one) => `${one.path.join('.')}: ${one.message}`);
}

describe('conditionSchema', () => {
  it('takes every kind of condition, numbers and truths as text', () => {
    expect(conditionSchema.parse({ column: 'A', is: 0 })).to.deep.equal({ column: 'A', is: '0' });
    expect(conditionSchema.parse({ column: ['A', 'B'], in: [1, true, 'x'] })).to.deep.equal({
      column: ['A', 'B'],
      in: ['1', 'true', 'x'],
    });
    const nested = {
      all: [{ not: { any: [{ column: 'A', empty: true }] } }, { column: 'B', after: 'today' }],
    };
    expect(conditionSchema.parse(nested)).to.deep.equal(nested);
  });

  for (const [written, path, says] of [
    [{ colum: 'A', is: 'Y' }, '', /colum/],
    [{ column: 'A', matches: '(a+)+' }, 'matches', /busy for ever/],
    [{ column: 'A', matches: '([A-Z][a-z]+)+', ignore_case: true }, 'matches', /busy for ever/],
    [
      {
        all: [
          { column: 'A', is: 'Y' },
          { column: 'B', iz: 'Y' },
        ],
      },
      'all.1',
      /iz/,
    ],
    [{ not: { any: [{ colum: 'A' }] } }, 'not.any.0', /colum/],
    [{ column: 'A' }, '', /needs one of: is, in, empty/],
    [{ is: 'Y' }, '', /needs a column/],
    [{}, '', /needs a column/],
    [
      { all: [{ column: 'A', is: 'Y' }], not: { column: 'A', is: 'Y' } },
      '',
      /all and not cannot stand side by side/,
    ],
    [{ all: [{ column: 'A', is: 'Y' }], column: 'A' }, '', /column cannot stand beside all/],
    [{ column: 'A', matches: '[a' }, 'matches', /no regular expression .*character class/],
    [{ column: 'A', matches: 'a)|(b' }, 'matches', /no regular expression/],
    [{ column: 'A', before: '2026-02-30' }, 'before', /real day/],
    [{ column: 'A', after: '9/1/2026' }, 'after', /real day/],
    [{ column: 'A', after: 'today', format: 'MM/DD/YYYY' }, 'format', /yyyy/],
    [{ column: 'A', is: 'x', format: 'M/d/yyyy' }, 'format', /before and after only/],
    [{ all: [] }, 'all', /./],
    ['A is Y', '', /object/],
  ] as const)
    it(`says once, and where, what is wrong with ${JSON.stringify(written)}`, () => {
      const faults = faultsOf(written);
      expect(faults).to.have.length(1);
      expect(faults[0]?.split(': ')[0]).to.equal(path);
      expect(faults[0]).to.match(says);
    });

  it('can be given to an editor as JSON Schema', () => {
    const schema = JSON.stringify(z.toJSONSchema(conditionSchema, { io: 'input' }));
    for (const word of ['"oneOf"', '"additionalProperties":false', '"ignore_case"', '"$ref"'])
      expect(schema).to.contain(word);
  });
});
