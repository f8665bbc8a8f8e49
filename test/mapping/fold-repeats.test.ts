import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../src/errors/app-error.ts';
import { compileMapping } from '../../src/mapping/compile-mapping.ts';
import { type CompiledFold, compileFold, type Fold } from '../../src/mapping/fold-repeats.ts';
import { A_DAY, findIn, mappingSchema } from './a-mapping.ts';

const HEADER = ['ID', 'Name', 'School', 'Main', 'Contact', 'Phone', 'Priority', 'Bus'];
const contacts = { columns: ['Contact', 'Phone'], order_by: 'Priority', at_most: 2 };
const primary = { column: 'Main', is: 'Y' };

function aMapping(more: { repeats?: object; primary?: object; fields?: object }) {
  const { repeats, primary: chosen, fields = { id: 'ID' } } = more;
  return mappingSchema.parse({
    version: 1,
    record: 'students',
    identity: { id: 'ID', ...(chosen && { primary: chosen }) },
    ...(repeats && { repeats }),
    fields,
  });
}

function foldOf(more: Parameters<typeof aMapping>[0]): CompiledFold {
  const fold = compileFold(aMapping(more), { find: findIn(HEADER).find, columns: allColumns });
  if (!fold) throw new Error('nothing is folded');
  return fold;
}

const allColumns = () => HEADER.map((name, at) => ({ name, at }));

/** A row of one student, in which only what the test is about is written. */
function row(more: Partial<Record<(typeof HEADER)[number], string>> = {}): string[] {
  const usual: Record<string, string> = { ID: '1', Name: 'Maria', School: '410' };
  return HEADER.map((name) => more[name] ?? usual[name] ?? '');
}

function taken(fold: Fold, group: string, column: string): string[] {
  if (fold.kind === 'conflict') throw new Error('a conflict');
  const at = HEADER.indexOf(column);
  return (fold.joined.get(group) ?? []).map((one) => one[at] ?? '');
}

describe('mapping/fold-repeats', () => {
  it('is nothing where a student has one row', () => {
    expect(compileFold(aMapping({}), { find: findIn(HEADER).find, columns: allColumns })).to.equal(undefined);
  });

  it('makes one row of several, the repeated ones in their order and as many as are kept', () => {
    const { fold } = foldOf({ repeats: { contacts } });
    const found = fold([
      row({ Contact: 'Juan', Priority: '10' }),
      row({ Contact: 'Lucia', Priority: '2' }),
      row({ Contact: 'Ana', Priority: '' }),
    ]);
    expect(taken(found, 'contacts', 'Contact')).to.deep.equal(['Lucia', 'Juan']);
    expect(found).to.include({ kind: 'folded', at: 0, cut: 1 }).and.deep.include({ aside: [] });
  });

  it('orders numbers by their size, then texts, then nothing, and else as in the file', () => {
    const { fold } = foldOf({ repeats: { contacts: { ...contacts, at_most: 9 } } });
    const places = ['b', '', '10', '9', 'a', '-1', '1.5', ''];
    const found = fold(places.map((Priority, at) => row({ Contact: `c${at}`, Priority })));
    expect(taken(found, 'contacts', 'Contact')).to.deep.equal('c5 c6 c3 c2 c4 c0 c1 c7'.split(' '));
    const unordered = foldOf({ repeats: { contacts: { columns: ['Contact', 'Priority'] } } });
    const same = unordered.fold(places.map((Priority, at) => row({ Contact: `c${at}`, Priority })));
    expect(taken(same, 'contacts', 'Priority')).to.deep.equal(places);
  });

  it('parts two lists that a join has multiplied', () => {
    const { fold } = foldOf({ repeats: { contacts, buses: { columns: ['Bus'] } } });
    const found = fold([
      row({ Contact: 'Lucia', Priority: '1', Bus: '7' }),
      row({ Contact: 'Lucia', Priority: '1', Bus: '9' }),
      row({ Contact: 'Juan', Priority: '2', Bus: '7' }),
      row({ Contact: 'Juan', Priority: '2', Bus: '9' }),
    ]);
    expect(taken(found, 'contacts', 'Contact')).to.deep.equal(['Lucia', 'Juan']);
    expect(taken(found, 'buses', 'Bus')).to.deep.equal(['7', '9']);
    expect(found).to.include({ cut: 0 });
  });

  it('leaves out a row with nothing in the columns of the list', () => {
    const { fold } = foldOf({ repeats: { contacts } });
    expect(taken(fold([row({ Contact: ' ', Priority: '1' })]), 'contacts', 'Contact')).to.deep.equal([]);
  });

  it('guesses nothing where the rows differ elsewhere', () => {
    const { fold } = foldOf({ repeats: { contacts } });
    const rows = [row({ Contact: 'a' }), row({ Contact: 'b', Name: 'Mary', Bus: '7' })];
    expect(fold(rows)).to.deep.equal({ kind: 'conflict', columns: ['Name', 'Bus'] });
  });

  it('takes the row of the main school, and puts the others aside', () => {
    const { fold } = foldOf({ primary });
    const there = row({ School: '420', Main: 'N' });
    const here = row({ Main: ' Y ' });
    expect(fold([there, here])).to.deep.include({ kind: 'folded', at: 1, aside: [0] });
    expect(fold([there])).to.deep.include({ kind: 'folded', at: 0, aside: [] });
    expect(fold([here, row({ School: '430', Main: 'Y' })])).to.deep.equal({
      kind: 'conflict',
      columns: ['School'],
    });
    expect(fold([there, row({ Main: 'N' })])).to.deep.equal({ kind: 'conflict', columns: ['School'] });
  });

  it('folds the rows of the main school alone', () => {
    const { fold } = foldOf({ primary, repeats: { contacts } });
    const found = fold([
      row({ School: '420', Contact: 'Old' }),
      row({ Main: 'Y', Contact: 'Lucia', Priority: '2' }),
      row({ Main: 'Y', Contact: 'Juan', Priority: '1' }),
    ]);
    expect(taken(found, 'contacts', 'Contact')).to.deep.equal(['Juan', 'Lucia']);
    expect(found).to.deep.include({ at: 1, aside: [0] });
  });

  it('hands its lists to the fields that name them', () => {
    const fields = {
      id: 'ID',
      first: { from: 'contacts', column: 'Contact' },
      second: { from: 'contacts', nth: 2, column: 'Contact', default: 'none' },
    };
    const mapping = aMapping({ repeats: { contacts }, fields });
    const { find } = findIn(HEADER);
    const folds = foldOf({ repeats: { contacts } });
    const joined = (name: string) => folds.groups.get(name) ?? { find };
    const compiled = compileMapping(mapping, { find, day: A_DAY, joined });
    const found = folds.fold([row({ Contact: 'Lucia', Priority: '1' })]);
    expect(found.kind === 'folded' && compiled.map(row(), found.joined)).to.deep.equal([
      '1',
      'Lucia',
      'none',
    ]);
  });

  it('refuses a field that reads another column in a list, and one beyond its end', () => {
    const direct = { bus: { from: 'contacts', column: 'Bus' } };
    expect(() => aMapping({ repeats: { contacts }, fields: direct })).to.throw(
      /is no column of repeats.contacts, which has Contact, Phone, Priority/,
    );
    const fields = { bus: { from: 'contacts', apply: [{ pick: ['Bus'] }] } };
    const { groups } = foldOf({ repeats: { contacts } });
    const joined = (name: string) => groups.get(name) ?? findIn([]);
    expect(() =>
      compileMapping(aMapping({ repeats: { contacts }, fields }), {
        find: findIn(HEADER).find,
        day: A_DAY,
        joined,
      }),
    )
      .to.throw(AppError, /fields.bus reads Bus, which is no column of repeats.contacts/)
      .with.property('code', 'config_invalid');
    const beyond = { third: { from: 'contacts', nth: 3, column: 'Contact' } };
    expect(() => aMapping({ repeats: { contacts }, fields: beyond })).to.throw(/beyond/);
  });

  it('asks for the columns that it needs', () => {
    const { find, missing } = findIn(['ID']);
    compileFold(aMapping({ repeats: { contacts }, primary }), {
      find,
      columns: () => [{ name: 'ID', at: 0 }],
    });
    expect(missing).to.deep.equal([
      'repeats.contacts: Contact',
      'repeats.contacts: Phone',
      'repeats.contacts: Priority',
      'identity.primary: Main',
    ]);
  });

  it('loses no row: each is taken, counted as cut, the same as another, or blank', () => {
    const name = fc.constantFrom('', ' ', 'a', 'b', 'c');
    const { fold } = foldOf({ repeats: { contacts } });
    fc.assert(
      fc.property(fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 8 }), (pairs) => {
        const found = fold(pairs.map(([Contact, Priority]) => row({ Contact, Priority })));
        const different = new Set(pairs.map(([Contact]) => Contact.trim()).filter((text) => text !== ''));
        const kept = taken(found, 'contacts', 'Contact');
        expect(kept.length + (found.kind === 'folded' ? found.cut : 0)).to.equal(different.size);
        expect(new Set(kept).size).to.equal(kept.length);
      }),
    );
  });
});
