import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { clashingCode, compileMatchCodes } from '../../src/mapping/match-codes.ts';
import { compiled, oneField } from './a-mapping.ts';

const codes = { M: 'Male', F: 'Female', '01': 'One' };

describe('mapping/match-codes', () => {
  it('matches exactly after trimming', () => {
    const field = oneField({ column: 'A', codes });
    expect(field('M')).to.equal('Male');
    expect(field(' F ')).to.equal('Female');
    expect(field('01')).to.equal('One');
    expect(field('1')).to.deep.equal(['unknown_code']);
    expect(field('m')).to.deep.equal(['unknown_code']);
  });

  it('takes no name that every object has for a code', () => {
    const field = oneField({ column: 'A', codes });
    for (const name of ['constructor', 'toString', '__proto__'])
      expect(field(name)).to.deep.equal(['unknown_code']);
  });

  it('takes upper and lower case as equal where it is told', () => {
    const field = oneField({ column: 'A', codes, ignore_case: true });
    expect(field('m')).to.equal('Male');
    expect(field(' f')).to.equal('Female');
  });

  it('does with other values what otherwise says', () => {
    expect(oneField({ column: 'A', codes, otherwise: 'reject' })('X')).to.deep.equal(['unknown_code']);
    expect(oneField({ column: 'A', codes, otherwise: 'blank' })('X')).to.equal('');
    expect(oneField({ column: 'A', codes, otherwise: 'keep' })(' X ')).to.equal(' X ');
    expect(oneField({ column: 'A', codes, otherwise: { value: 'Other' } })('X')).to.equal('Other');
    expect(oneField({ column: 'A', codes, otherwise: { value: 9 } })('X')).to.equal('9');
  });

  it('lets a blank stay a blank, and required decide', () => {
    for (const otherwise of ['reject', 'blank', 'keep', { value: 'Other' }])
      expect(oneField({ column: 'A', codes, otherwise })('  ')).to.equal('');
    expect(oneField({ column: 'A', codes, required: true })(' ')).to.deep.equal(['required']);
    expect(oneField({ column: 'A', codes, otherwise: 'blank', required: true })('X')).to.deep.equal([
      'required',
    ]);
    expect(oneField({ column: 'A', codes, default: 'Unknown' })(' ')).to.equal('Unknown');
  });

  it('takes the empty text for a code where it is one', () => {
    expect(oneField({ column: 'A', codes: { ...codes, '': 'None' } })('  ')).to.equal('None');
  });

  it('reads codes from the table that was handed in', () => {
    const field = { column: 'A', codes: { file: 'codes.csv', from: 'code', to: 'value' } };
    const codeTables = new Map([['target', new Map([['M', 'Male']])]]);
    expect(compiled({ target: field }, ['A'], { codeTables }).map([' M'])).to.deep.equal(['Male']);
    expect(() => compiled({ target: field }, ['A']))
      .to.throw(AppError)
      .with.property('code', 'defect');
  });

  it('refuses a table in which one code has two values', () => {
    const field = { column: 'A', codes: { file: 'codes.csv', from: 'code', to: 'value' }, ignore_case: true };
    const codeTables = new Map([
      [
        'target',
        new Map([
          ['M', 'Male'],
          ['m', 'Man'],
        ]),
      ],
    ]);
    expect(() => compiled({ target: field }, ['A'], { codeTables }))
      .to.throw(AppError, /"m" twice/)
      .with.property('code', 'config_invalid');
  });

  it('finds the code that is written again', () => {
    expect(
      clashingCode(
        [
          ['a', '1'],
          ['A', '2'],
        ],
        true,
      ),
    ).to.equal('A');
    expect(
      clashingCode(
        [
          ['a', '1'],
          ['A', '1'],
        ],
        true,
      ),
    ).to.equal(undefined);
    expect(
      clashingCode(
        [
          ['a', '1'],
          ['A', '2'],
        ],
        false,
      ),
    ).to.equal(undefined);
  });

  it('answers for every code what the table says, and for nothing else', () => {
    const code = fc.string().map((text) => text.trim());
    fc.assert(
      fc.property(fc.dictionary(code, fc.string()), fc.string(), (table, value) => {
        const match = compileMatchCodes(Object.entries(table), {
          field: 'f',
          ignore_case: false,
          otherwise: 'reject',
        });
        for (const [known, meaning] of Object.entries(table)) expect(match(` ${known} `)).to.equal(meaning);
        const isKnown = Object.hasOwn(table, value.trim()) || value.trim() === '';
        expect(typeof match(value) === 'string').to.equal(isKnown);
      }),
    );
  });
});
