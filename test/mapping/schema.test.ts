import { expect } from 'chai';
import { z } from 'zod';
import { hashSecretsIn, joinsIn } from '../../src/mapping/schema.ts';
import { aMapping, mappingSchema } from './a-mapping.ts';

/** The places and sentences of what is wrong with one field. */
function faults(field: unknown): string[] {
  const mapping = { version: 1, record: 'students', identity: { id: 'ID' }, fields: { target: field } };
  return mappingSchema.safeParse(mapping).error?.issues.map((issue) => JSON.stringify(issue)) ?? [];
}

describe('mapping/schema', () => {
  it('takes a column alone, or a list of columns, for a direct field', () => {
    const { fields } = aMapping({ a: 'First', b: ['Last Name', 'LastName'], c: { column: 'X' } });
    expect(fields.a).to.deep.equal({
      type: 'direct',
      column: 'First',
      required: false,
      overwrite: false,
      optional: false,
      unique: false,
      on_difference: 'new',
    });
    expect(fields.b)
      .to.include({ type: 'direct' })
      .and.deep.include({ column: ['Last Name', 'LastName'] });
    expect(fields.c).to.include({ type: 'direct', column: 'X' });
  });

  it('takes white space around the name of a column for no part of it', () => {
    expect(aMapping({ a: ' First Name ' }).fields.a).to.include({ column: 'First Name' });
    expect(faults({ column: ' ' })).not.to.be.empty;
  });

  it('tells the type by the keys where it is left out', () => {
    const { fields } = aMapping({ a: { apply: ['today'] }, b: { column: 'X', codes: { M: 1 } } });
    expect(fields.a?.type).to.equal('transformation');
    expect(fields.b?.type).to.equal('match_codes');
  });

  it('rejects the row on an unknown code unless told otherwise', () => {
    const { fields } = aMapping({ b: { type: 'match_codes', column: 'X', codes: { M: 1 } } });
    expect(fields.b).to.deep.include({ otherwise: 'reject', ignore_case: false, codes: { M: '1' } });
  });

  it('lets the other keys of a field stay when it is switched off', () => {
    const switchedOff = { type: 'do_not_map', column: 'X', apply: ['trim'], codes: { M: 1 }, required: true };
    expect(aMapping({ a: 'X', b: switchedOff }).fields.b?.type).to.equal('do_not_map');
  });

  const refused: Record<string, unknown> = {
    'an unknown key': { type: 'direct', column: 'X', requird: true },
    'an unknown type': { type: 'copy', column: 'X' },
    'a direct field without a column': { type: 'direct' },
    'a transformation without steps': { type: 'transformation', column: 'X' },
    'an empty list of steps': { type: 'transformation', column: 'X', apply: [] },
    'an unknown step': { type: 'transformation', column: 'X', apply: ['tirm'] },
    'an unknown step with options': { type: 'transformation', column: 'X', apply: [{ dat: 'M/d/yyyy' }] },
    'a step without its options': { type: 'transformation', column: 'X', apply: ['split'] },
    'two transformations in one step': {
      type: 'transformation',
      column: 'X',
      apply: [{ trim: {}, upper: {} }],
    },
    'a step of nothing': { type: 'transformation', column: 'X', apply: [{}] },
    'a pattern that is none': { column: 'X', pattern: '(' },
    'a max_length of nothing': { column: 'X', max_length: 0 },
    'a blank code value': { column: 'X', codes: { M: null } },
    'a code file without its columns': { column: 'X', codes: { file: 'codes.csv', from: 'code' } },
    'an unknown word for a difference': { column: 'X', on_difference: 'keep' },
    'an unknown otherwise': { column: 'X', codes: { M: 1 }, otherwise: 'drop' },
    'a column without a name': { column: '' },
    'minutes for months': { type: 'transformation', column: 'X', apply: [{ date: 'mm/dd/yyyy' }] },
  };
  for (const [what, field] of Object.entries(refused)) {
    it(`refuses ${what}`, () => expect(faults(field)).not.to.be.empty);
  }

  it('names every type where another one is written', () => {
    expect(faults({ type: 'copy', column: 'X' }).join()).to.include(
      '"direct","transformation","match_codes","do_not_map"',
    );
  });

  it('says what a step needs', () => {
    expect(faults({ type: 'transformation', column: 'X', apply: ['split'] }).join()).to.include(
      'needs its options',
    );
  });

  it('refuses a transformation that has nothing to read', () => {
    expect(faults({ apply: ['trim'] }).join()).to.include('has nothing to read');
    expect(faults({ apply: [{ value: 'X' }, 'lower'] })).to.be.empty;
  });

  it('refuses a default that the field itself would reject', () => {
    expect(faults({ column: 'X', default: 'USA', max_length: 2 }).join()).to.include('longer than 2');
    expect(faults({ column: 'X', default: ' ', required: true }).join()).to.include('required');
    expect(faults({ column: 'X', default: 'us', pattern: '[A-Z]{2}' }).join()).to.include('pattern');
    expect(faults({ column: 'X', default: 'US', pattern: '[A-Z]{2}', max_length: 2 })).to.be.empty;
  });

  it('refuses one code with two values', () => {
    expect(faults({ column: 'X', codes: { M: 'Male', ' M': 'Man' } }).join()).to.include('same code');
    expect(faults({ column: 'X', codes: { M: 'Male', m: 'Man' }, ignore_case: true }).join()).to.include(
      'same code',
    );
    expect(faults({ column: 'X', codes: { M: 'Male', m: 'Male' }, ignore_case: true })).to.be.empty;
    expect(faults({ column: 'X', codes: { M: 'Male', m: 'Man' } })).to.be.empty;
  });

  it('knows the files and the secrets that a mapping names', () => {
    const mapping = {
      ...aMapping({
        a: { from: 'contacts', column: 'X' },
        b: { from: 'sis', column: 'X', apply: ['trim', { hash: { secret: 'env:KEY' } }] },
        c: { type: 'do_not_map', from: 'other', apply: [{ hash: { secret: 'env:OLD' } }] },
      }),
      repeats: { contacts: { columns: ['X'] } },
    };
    expect(joinsIn(mapping)).to.deep.equal([{ field: 'b', file: 'sis' }]);
    expect(hashSecretsIn(mapping.fields)).to.deep.equal([{ field: 'b', step: 1, secret: 'env:KEY' }]);
  });

  it('refuses a mapping that maps nothing, and field names that would lose their place', () => {
    expect(faults({ type: 'do_not_map' }).join()).to.include('maps no field');
    expect(() => aMapping({ b: 'X', 7: 'Y' })).to.throw(/digits alone/);
  });

  it('refuses an identity without an id and a birth date without a format', () => {
    expect(() => aMapping({ a: 'X' }, {})).to.throw();
    expect(() => aMapping({ a: 'X' }, { id: 'ID', birth_date: 'DOB' })).to.throw();
    expect(() =>
      aMapping({ a: 'X' }, { id: 'ID', birth_date: { column: 'DOB', format: 'mm/dd/yyyy' } }),
    ).to.throw(/minutes/);
  });

  it('can be told as JSON Schema', () => {
    const text = JSON.stringify(z.toJSONSchema(mappingSchema, { io: 'input' }));
    for (const word of [
      'match_codes',
      'do_not_map',
      'school_year',
      'otherwise',
      'pad_left',
      'previous_id',
      'oneOf',
    ])
      expect(text).to.include(`"${word}"`);
  });
});
