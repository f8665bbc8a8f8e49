// biome-ignore-all lint/suspicious/noThenProperty: the step `if` has a word `then`; no promise is near.
import { expect } from 'chai';
import fc from 'fast-check';
import { AppErrors } from '../../src/errors/app-error.ts';
import type { CodeTables } from '../../src/mapping/compile-field.ts';
import { compileMapping } from '../../src/mapping/compile-mapping.ts';
import { lookupTableName } from '../../src/mapping/match-codes.ts';
import { TRANSFORMATIONS } from '../../src/mapping/transforms/all.ts';
import { A_DAY, aMapping, compiled, findIn } from './a-mapping.ts';

const fields = {
  id: { type: 'direct', column: 'ID', required: true, unique: true },
  locker: { type: 'do_not_map' },
  name: { apply: [{ template: '{Last}, {First}' }] },
  dob: { type: 'transformation', column: 'DOB', apply: [{ date: 'M/d/yyyy' }], required: true },
  gender: { type: 'match_codes', column: 'Sex', codes: { M: 'Male', F: 'Female' } },
  state_id: { column: 'State', unique: true },
};
const header = ['ID', 'First', 'Last', 'DOB', 'Sex', 'State'];

describe('mapping/compile-mapping', () => {
  it('keeps the order of the fields and leaves out what is not mapped', () => {
    const mapping = compiled(fields, header);
    expect(mapping.targets).to.deep.equal(['id', 'name', 'dob', 'gender', 'state_id']);
    expect(mapping.uniqueTargets).to.deep.equal([0, 4]);
    expect(mapping.map(['007', 'Maria', 'Cruz', '3/9/2015', 'F', 'x'])).to.deep.equal([
      '007',
      'Cruz, Maria',
      '2015-03-09',
      'Female',
      'x',
    ]);
  });

  it('says of each target what a blank and a difference mean, in the order of the targets', () => {
    const mapping = compiled(
      {
        a: 'ID',
        b: { type: 'do_not_map', on_difference: 'review', overwrite: true },
        c: { column: 'ID', apply: ['trim'], on_difference: 'keep_existing' },
        d: { column: 'ID', codes: { 1: 'x' }, on_difference: 'review', overwrite: true },
      },
      ['ID'],
    );
    expect(mapping.targets).to.deep.equal(['a', 'c', 'd']);
    expect(mapping.onDifference).to.deep.equal(['new', 'keep_existing', 'review']);
    expect(mapping.overwrite).to.deep.equal([false, false, true]);
  });

  it('leaves a field blank whose column the file may lack, and clears nothing by it', () => {
    const optional = { overwrite: true, optional: true };
    const { find, missing } = findIn(['ID', 'Zip']);
    const mapping = compileMapping(
      aMapping({
        zip: { column: 'Zip', ...optional },
        city: { column: 'City', ...optional },
        phone: { apply: [{ pick: ['Cell', 'Home'] }, 'phone'], optional: true, default: 'none' },
        address: { apply: [{ join: { columns: ['Street', 'Zip'], with: ', ' } }], ...optional },
        locker: { column: 'Locker' },
      }),
      { find, day: A_DAY },
    );
    expect(mapping.map(['7', '07030'])).to.deep.equal(['07030', '', 'none', '07030', '']);
    expect(mapping.overwrite).to.deep.equal([true, false, false, true, false]);
    expect(missing).to.deep.equal(['fields.locker: Locker']);
  });

  it('names every bad field of a row, with the value as it stood', () => {
    expect(compiled(fields, header).map([' ', 'Maria', 'Cruz', '2/30/2015', ' Q', ''])).to.deep.equal({
      findings: [
        {
          code: 'required',
          field: 'id',
          message: 'The value is blank, and the field is required.',
          value: ' ',
        },
        {
          code: 'bad_date',
          field: 'dob',
          message: 'The value is no date of the format M/d/yyyy.',
          value: '2/30/2015',
        },
        {
          code: 'unknown_code',
          field: 'gender',
          message: 'The value is in none of the match codes.',
          value: ' Q',
        },
      ],
    });
  });

  it('explains each field, whether the row is carried or not', () => {
    const rows = compiled(fields, header).explain(['007', 'Maria', 'Cruz', '', 'M', 'x']);
    expect(rows.map(({ target, type, source }) => [target, type, source])).to.deep.equal([
      ['id', 'direct', '007'],
      ['name', 'transformation', 'Cruz | Maria'],
      ['dob', 'transformation', ''],
      ['gender', 'match_codes', 'M'],
      ['state_id', 'direct', 'x'],
    ]);
    expect(rows.map(({ mapped }) => (typeof mapped === 'string' ? mapped : mapped.code))).to.deep.equal([
      '007',
      'Cruz, Maria',
      'required',
      'Male',
      'x',
    ]);
  });

  it('asks for every column that it uses, in the name of the field, and for none of a field that is not mapped', () => {
    const { find, missing } = findIn(['ID']);
    const used = {
      ...fields,
      locker: { type: 'do_not_map', column: 'Locker' },
      last: ['Last Name', 'LastName'],
      lunch: { apply: [{ if: { any: [{ column: 'Lunch', is: 'F' }], then: { column: 'Meal' } } }] },
    };
    compileMapping(aMapping(used), { find, day: A_DAY });
    expect(missing).to.deep.equal([
      'fields.name: Last',
      'fields.name: First',
      'fields.dob: DOB',
      'fields.gender: Sex',
      'fields.state_id: State',
      'fields.last: Last Name or LastName',
      'fields.lunch: Lunch',
      'fields.lunch: Meal',
    ]);
  });

  it('reads each column once a field, however many rows come', () => {
    const { find } = findIn(header);
    let asked = 0;
    const counting: typeof find = (ref, usedBy) => {
      asked += 1;
      return find(ref, usedBy);
    };
    const mapping = compileMapping(aMapping(fields), { find: counting, day: A_DAY });
    const before = asked;
    for (let row = 0; row < 10; row += 1) mapping.map(['1', '', '', '1/1/2015', '', '']);
    expect([before, asked]).to.deep.equal([6, 6]);
  });

  it('says all that is wrong with the mapping at once', () => {
    const twice = { column: 'A', codes: { file: 'c.csv', from: 'a', to: 'b' }, ignore_case: true };
    const table = new Map([
      ['m', '1'],
      ['M', '2'],
    ]);
    const codeTables = new Map([
      ['a', table],
      ['b', table],
    ]);
    expect(() => compiled({ a: twice, b: twice }, ['A'], { codeTables })).to.throw(AppErrors, '2 mistakes');
  });

  it('carries a direct field untouched, whatever stands in it', () => {
    const { map } = compiled({ a: 'A', b: { type: 'direct', column: 'B', overwrite: true } }, ['A', 'B']);
    fc.assert(
      fc.property(fc.tuple(anyText(), anyText()), (row) => {
        expect(map(row)).to.deep.equal(row);
      }),
    );
  });

  it('is told nothing apart by a row that came before', () => {
    const mapping = compiled(fields, header);
    fc.assert(
      fc.property(fc.array(aRow(), { minLength: 1, maxLength: 5 }), (rows) => {
        const first = rows.map((row) => mapping.map(row));
        const again = rows.toReversed().map((row) => mapping.map(row));
        expect(again.toReversed()).to.deep.equal(first);
      }),
    );
  });

  it('never throws for a row, and never puts its value into a message', () => {
    const everything = compiled(everyExample(), ['A'], { codeTables: everyTable() });
    fc.assert(
      fc.property(anyText(), (value) => {
        const result = everything.map([value]);
        if (Array.isArray(result)) return;
        for (const finding of result.findings) {
          expect(finding.value).to.be.a('string');
          expect(finding.message).to.equal(finding.message.trim());
          if (value.length > 3 && /[^ -~]/.test(value)) expect(finding.message).not.to.include(value);
        }
      }),
    );
  });

  it('has a small and closed number of messages', () => {
    const mapping = compiled(everyExample(), ['A'], { codeTables: everyTable() });
    const messages = new Set<string>();
    for (let n = 0; n < 500; n += 1) {
      const result = mapping.map([`secret-${n}`]);
      if (!Array.isArray(result)) for (const { message } of result.findings) messages.add(message);
    }
    expect([...messages].filter((message) => message.includes('secret'))).to.deep.equal([]);
    expect(messages.size).to.be.greaterThan(5).and.below(40);
  });
});

/** A field for each documented step, all of them on one column. */
function everyExample(): Record<string, object> {
  const steps = TRANSFORMATIONS.flatMap((one) =>
    one.examples.map((example, index) => {
      const step = example.options === undefined ? one.name : { [one.name]: example.options };
      return [`${one.name} ${index}`, { type: 'transformation', column: 'A', apply: [step] }] as const;
    }),
  );
  return {
    ...Object.fromEntries(steps),
    checked: { column: 'A', max_length: 3, pattern: '[a-z]*' },
    codes: { column: 'A', codes: { M: 1 } },
  };
}

/** The file of each lookup. */
function everyTable(): CodeTables {
  const lookups = TRANSFORMATIONS.filter((one) => one.name === 'lookup').flatMap((one) => one.examples);
  const schools = { file: 'codes/schools.csv', key: 'code', value: 'name' };
  const name = lookupTableName(schools);
  return new Map(lookups.map(({ table = {} }) => [name, new Map(Object.entries(table))]));
}

function anyText(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', ' ', '3/9/2015', '312-555-0123', '1,234.5', 'a@b.co'),
  );
}

function aRow(): fc.Arbitrary<string[]> {
  return fc.array(anyText(), { minLength: header.length, maxLength: header.length });
}
