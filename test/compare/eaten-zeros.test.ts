import { expect } from 'chai';
import fc from 'fast-check';
import { findEatenZeros } from '../../src/compare/eaten-zeros.ts';

/** What is found where these ids are new tonight, and those were delivered last and are gone. */
function found(unknown: readonly string[], gone: readonly string[]) {
  const ids = new Set(gone);
  return findEatenZeros(unknown, (id) => ids.has(id));
}

describe('findEatenZeros', () => {
  it('counts the ids that lack exactly their zeros, and says how long they were', () => {
    const finding = found(['4711', '12', '990001'], ['004711', '000012']);
    expect(finding).to.deep.include({ ids: 2, length: 6 });
    expect(finding?.sentence).to.match(/^2 ids .*leading zeros, which had 6 digits.*spreadsheet/);
  });

  it('is held for one student too, and shows no id', () => {
    const { sentence = '' } = found(['4711'], ['04711']) ?? {};
    expect(sentence).to.match(/^1 id /);
    expect(sentence).not.to.include('4711');
  });

  it('names no length where there are several', () => {
    const finding = found(['4711', '12'], ['004711', '0012']);
    expect(finding).to.deep.include({ ids: 2, length: undefined });
    expect(finding?.sentence).not.to.include('digits');
  });

  const innocent: [what: string, unknown: string[], gone: string[]][] = [
    ['nothing is unknown', [], ['0012']],
    ['ids are new', ['12', '13'], ['0014']],
    ['some zeros are left, as no spreadsheet leaves them', ['012'], ['0012']],
    ['ids have letters', ['A12'], ['0A12', '00A12']],
    ['ids have signs', ['1-2', '1.5', '-3', ''], ['01-2', '01.5', '0-3', '0']],
    ['zeros came in the middle or at the end', ['12'], ['102', '120']],
    ['zeros were added', ['0012'], ['12']],
  ];
  for (const [what, unknown, gone] of innocent)
    it(`has nothing to say where ${what}`, () => expect(found(unknown, gone)).to.equal(undefined));

  it('knows what is left of an id of zeros alone', () => {
    expect(found(['0'], ['0000'])).to.deep.include({ ids: 1, length: 4 });
  });

  it('finds whatever a spreadsheet makes of ids, and nothing else (property)', () => {
    const id = fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom('0', '1', '7') });
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 30 }), (delivered) => {
        const tonight = new Set(delivered.map((one) => String(Number(one))));
        const gone = new Set(delivered.filter((one) => !tonight.has(one)));
        const unknown = [...tonight].filter((one) => !delivered.includes(one));
        expect(findEatenZeros(unknown, (one) => gone.has(one))?.ids ?? 0).to.equal(unknown.length);
      }),
    );
  });

  it('asks little of each id, also where it is long', () => {
    let asked = 0;
    const count = () => {
      asked++;
      return false;
    };
    findEatenZeros(
      Array.from({ length: 1000 }, (_, at) => `${10 ** 9 + at}`),
      count,
    );
    findEatenZeros(['9'.repeat(500)], count);
    expect(asked).to.be.at.most(12_000);
  });
});
