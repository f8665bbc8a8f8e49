import { expect } from 'chai';
import { compileChecks } from '../../src/mapping/field-checks.ts';
import { oneField } from './a-mapping.ts';

describe('mapping/field-checks', () => {
  it('is nothing where a field asks for nothing', () => {
    expect(compileChecks({ required: false })).to.equal(undefined);
  });

  it('rejects a blank that is required', () => {
    const field = oneField({ column: 'A', required: true });
    expect(field('Maria')).to.equal('Maria');
    expect(field('')).to.deep.equal(['required']);
    expect(field(' \t\u00a0')).to.deep.equal(['required']);
  });

  it('lets a blank that may be blank be as it is, whatever else the field asks for', () => {
    expect(oneField({ column: 'A', pattern: '\\d+', max_length: 1 })('  ')).to.equal('  ');
  });

  it('puts the default in the place of a blank before it asks for more', () => {
    const field = oneField({ column: 'A', default: 'US', required: true, max_length: 2, pattern: '[A-Z]+' });
    expect(field(' ')).to.equal('US');
    expect(field('CA')).to.equal('CA');
    expect(oneField({ column: 'A', default: '' })('  ')).to.equal('');
  });

  it('counts characters, not units', () => {
    const field = oneField({ column: 'A', max_length: 2 });
    expect(field('ab')).to.equal('ab');
    expect(field('𝒳𝒴')).to.equal('𝒳𝒴');
    expect(field('abc')).to.deep.equal(['too_long']);
    expect(field('𝒳𝒴z')).to.deep.equal(['too_long']);
    expect(field('𝒳𝒴𝒵𝒳𝒴𝒵')).to.deep.equal(['too_long']);
  });

  it('fits the pattern to the whole value, each alternative of it', () => {
    const field = oneField({ column: 'A', pattern: 'A|B\\d' });
    expect(field('A')).to.equal('A');
    expect(field('B1')).to.equal('B1');
    expect(field('AB1')).to.deep.equal(['pattern']);
    expect(field('A\n')).to.deep.equal(['pattern']);
    expect(oneField({ column: 'A', pattern: '\\p{L}+' })('José')).to.equal('José');
  });

  it('looks at what was made, not at what was read', () => {
    const field = oneField({ type: 'transformation', column: 'A', apply: ['trim'], max_length: 2 });
    expect(field('  ab  ')).to.equal('ab');
    const coded = { column: 'A', codes: { M: 'Male' }, pattern: '[A-Z].*' };
    expect(oneField(coded)('M')).to.equal('Male');
    expect(oneField({ ...coded, otherwise: 'keep' })('m')).to.deep.equal(['pattern']);
  });

  it('says the length before the pattern', () => {
    expect(oneField({ column: 'A', pattern: '\\d', max_length: 1 })('ab')).to.deep.equal(['too_long']);
  });
});
