// biome-ignore-all lint/suspicious/noThenProperty: the step `if` has a word `then`; no promise is near.
import { expect } from 'chai';
import fc from 'fast-check';
import type { JoinedRows } from '../../src/mapping/compile-field.ts';
import type { CompiledMapping } from '../../src/mapping/compile-mapping.ts';
import { compiled, findIn, mappingSchema } from './a-mapping.ts';

const CONTACTS = ['Student', 'Name', 'Phone', 'Kind'];
const SIS = ['Student_Number', 'Lunch'];
const LUCIA = ['1', 'Lucia', '312.555.0123', 'M'];
const JUAN = ['1', 'Juan', '', 'Q'];

const fields = {
  id: 'ID',
  first: { from: 'contacts', column: 'Name' },
  phone: { from: 'contacts', nth: 1, column: 'Phone', apply: ['phone'] },
  second: { from: 'contacts', nth: 2, apply: [{ template: '{Name} ({Kind})' }] },
  kind: { from: 'contacts', nth: 2, column: 'Kind', codes: { M: 'Mother' }, otherwise: 'blank' },
  number: { from: 'sis', column: 'Student_Number' },
};

/** Compiles over the students' header and those of the two joined files. */
function joinedMapping(some: object = fields): { mapping: CompiledMapping; missing: () => string[] } {
  const files: Record<string, ReturnType<typeof findIn>> = { contacts: findIn(CONTACTS), sis: findIn(SIS) };
  const joined = (file: string) => files[file] ?? findIn([]);
  const mapping = compiled(some, ['ID', 'Name'], { joined });
  return { mapping, missing: () => Object.values(files).flatMap((file) => file.missing) };
}

function rowsOf(contacts: string[][], sis: string[][] = []): JoinedRows {
  return new Map([
    ['contacts', contacts],
    ['sis', sis],
  ]);
}

describe('mapping/compile-joined', () => {
  it('takes the first, or the nth, row of the file that it names', () => {
    const { mapping, missing } = joinedMapping();
    expect(mapping.joinedFiles).to.deep.equal(['contacts', 'sis']);
    expect(mapping.map(['1', 'x'], rowsOf([LUCIA, JUAN], [['777', 'F']]))).to.deep.equal([
      '1',
      'Lucia',
      '(312) 555-0123',
      'Juan (Q)',
      '',
      '777',
    ]);
    expect(missing()).to.deep.equal([]);
  });

  it('takes the row of those that are meant, in the order that is asked for', () => {
    const { mapping, missing } = joinedMapping({
      id: 'ID',
      mother: { from: 'contacts', where: { column: 'Kind', is: 'M' }, column: 'Name' },
      first: { from: 'contacts', order_by: 'Name', column: 'Name' },
      other: { from: 'contacts', where: { column: 'Kind', is: 'X' }, column: 'Name', default: 'none' },
    });
    const made = mapping.map(['1', 'x'], rowsOf([JUAN, LUCIA, ['1', 'Ana', '', 'Q']]));
    expect(made).to.deep.equal(['1', 'Lucia', 'Ana', 'none']);
    expect(missing()).to.deep.equal([]);
  });

  it('asks for the columns of its condition and its order', () => {
    const { missing } = joinedMapping({
      one: { from: 'contacts', where: { column: 'Sort', is: 'M' }, order_by: 'Rank', column: 'Name' },
    });
    expect(missing()).to.have.length(2);
  });

  it('is blank where the record has no such row, whatever the steps would make', () => {
    const { mapping } = joinedMapping({
      ...fields,
      made: { from: 'contacts', nth: 2, apply: [{ value: 'Parent' }] },
      chosen: {
        from: 'contacts',
        nth: 2,
        apply: [{ if: { column: 'Kind', is: 'M', then: 'a', else: 'b' } }],
      },
    });
    const blank = ['1', 'Lucia', '(312) 555-0123', '', '', '', '', ''];
    expect(mapping.map(['1', ''], rowsOf([LUCIA]))).to.deep.equal(blank);
    expect(mapping.map(['1', ''])).to.deep.equal(['1', '', '', '', '', '', '', '']);
    expect(mapping.map(['1', ''], new Map())).to.deep.equal(mapping.map(['1', '']));
  });

  it('asks of the blank what any blank is asked', () => {
    const { mapping } = joinedMapping({
      must: { from: 'contacts', column: 'Name', required: true },
      may: { from: 'contacts', column: 'Phone', default: 'none' },
    });
    expect(mapping.map(['1', ''], rowsOf([LUCIA]))).to.deep.equal(['Lucia', '312.555.0123']);
    expect(mapping.map(['1', ''])).to.deep.equal({
      findings: [
        {
          code: 'required',
          field: 'must',
          message: 'The value is blank, and the field is required.',
          value: '',
        },
      ],
    });
  });

  it('says the value as it stood in the joined row', () => {
    const { mapping } = joinedMapping({
      id: 'ID',
      phone: { from: 'contacts', column: 'Phone', apply: ['phone'] },
    });
    const rows = rowsOf([['1', 'Lucia', 'ask her', 'M']]);
    const result = mapping.map(['1', ''], rows);
    expect(
      Array.isArray(result) ? [] : result.findings.map((one) => [one.code, one.field, one.value]),
    ).to.deep.equal([['bad_phone', 'phone', 'ask her']]);
    expect(mapping.explain(['1', ''], rows).map(({ source }) => source)).to.deep.equal(['1', 'ask her']);
    expect(mapping.explain(['1', '']).map(({ source, mapped }) => [source, mapped])).to.deep.equal([
      ['1', '1'],
      ['', ''],
    ]);
  });

  it('looks for its columns in that file and in no other', () => {
    const { missing } = joinedMapping({
      a: { from: 'contacts', column: 'ID' },
      b: { from: 'contacts', apply: [{ join: ['Name', 'Lunch'] }] },
      c: { from: 'sis', column: ['SIS_Number', 'Student_Number'] },
    });
    expect(missing()).to.deep.equal(['fields.a: ID', 'fields.b: Lunch']);
  });

  it('completes no year as a birth date of another file', () => {
    const some = { day: { from: 'contacts', column: 'Name', apply: [{ date: 'M/d/yy' }] } };
    const identity = { id: 'ID', birth_date: { column: 'Name', format: 'M/d/yy' } };
    const mapping = compiled(some, ['ID', 'Name'], { identity, joined: () => findIn(CONTACTS) });
    expect(mapping.map(['1', ''], rowsOf([['1', '3/9/30', '', '']]))).to.deep.equal(['2030-03-09']);
  });

  it('is refused where no file is joined, and nth where none is named', () => {
    expect(() => compiled(fields, ['ID'])).to.throw(/5 mistakes/);
    expect(() => compiled({ a: { from: 'contacts', column: 'Name' } }, ['ID'])).to.throw(/not joined/);
    for (const field of [
      { nth: 2, column: 'X' },
      { from: 'contacts', nth: 0, column: 'X' },
      { from: '', column: 'X' },
    ])
      expect(
        mappingSchema.safeParse({ version: 1, record: 'students', identity: { id: 'ID' }, fields: { field } })
          .success,
      ).to.equal(false);
  });

  it('maps a record without joined fields alike, whatever is handed in', () => {
    const mapping = compiled({ id: 'ID', name: { column: 'Name', apply: ['trim'] } }, ['ID', 'Name']);
    expect(mapping.joinedFiles).to.deep.equal([]);
    fc.assert(
      fc.property(fc.tuple(fc.string(), fc.string()), (row) => {
        expect(mapping.map(row, rowsOf([LUCIA]))).to.deep.equal(mapping.map(row));
      }),
    );
  });
});
