import { expect } from 'chai';
import fc from 'fast-check';
import { parse } from 'yaml';
import { commentText, yamlText } from '../../src/inspect/yaml-text.ts';

describe('inspect/yaml-text', () => {
  it('writes what YAML reads back as the same', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        'yes',
        'No',
        'null',
        'NULL',
        '~',
        '01',
        '-1',
        '1e3',
        '0x1F',
        'a: b',
        '# c',
        '- d',
        '2015-03-09',
        '',
        ' ',
      ),
    );
    const value = fc.letrec((tie) => ({
      value: fc.oneof({ maxDepth: 3 }, text, fc.boolean(), fc.integer(), tie('list'), tie('map')),
      list: fc.array(tie('value'), { maxLength: 3 }),
      map: fc.dictionary(text, tie('value'), { maxKeys: 3, noNullPrototype: true }),
    })).value;
    fc.assert(
      fc.property(value, (made) => {
        expect(parse(`key: ${yamlText(made)}`, { schema: 'core' })).to.deep.equal({ key: made });
      }),
    );
  });

  it('keeps a comment on its line, whatever a header has in it', () => {
    expect(commentText('a\nb\u0000c')).to.equal('a b c');
  });
});
