import { expect } from 'chai';
import fc from 'fast-check';
import { type KnownPerson, recogniseIdentityFamily } from '../../src/compare/identity-family.ts';

function district(count: number, idOf: (at: number) => string, name = 'child'): KnownPerson[] {
  return Array.from({ length: count }, (_, at) => ({ id: idOf(at), personKey: `${name} ${at}` }));
}
const lotOf = ({ personKey }: KnownPerson, seed: number) =>
  Math.imul(Number(personKey.slice(6)) + seed, 0x9e3779b1) >>> 0;
const number = (at: number) => String(100_000 + at);
const guid = (at: number) => `guid-${at}`;
const kindOf = (before: Iterable<KnownPerson>, after: Iterable<KnownPerson>) =>
  recogniseIdentityFamily(before, after)?.kind;

describe('recogniseIdentityFamily', () => {
  for (const count of [3, 7, 20, 500, 30_000])
    it(`${count} students: every id is new and gone, the people are the same`, () => {
      expect(kindOf(district(count, number), district(count, guid))).to.equal('other_ids');
    });

  it('sees it through leavers, arrivals and a few who kept their id', () => {
    const before = district(10_000, number);
    const after = [
      ...district(9_400, (at) => (at % 50 === 0 ? number(at) : guid(at))),
      ...district(800, (at) => `new-${at}`, 'arrival'),
    ];
    expect(kindOf(before, after)).to.equal('other_ids');
  });

  it('sees it where the new ids are numbers of the same range', () => {
    expect(
      kindOf(
        district(10_000, number),
        district(10_000, (at) => number(at + 5_000)),
      ),
    ).to.equal('other_ids');
  });

  it('sees ids that moved to somebody else', () => {
    const shifted = district(10_000, (at) => number((at + 1) % 10_000));
    expect(kindOf(district(10_000, number), shifted)).to.equal('ids_reassigned');
    const sortedInPart = district(10_000, (at) => number(at < 2_000 ? 1_999 - at : at));
    expect(kindOf(district(10_000, number), sortedInPart)).to.equal('ids_reassigned');
  });

  it("sees another district's file", () => {
    expect(kindOf(district(5_000, number), district(4_000, guid, 'other'))).to.equal('other_people');
    expect(
      kindOf(
        district(5_000, number),
        district(4_000, (at) => number(at + 3_000), 'other'),
      ),
    ).to.equal('other_people');
  });

  for (const [what, before, after] of [
    ['the same night twice', district(5_000, number), district(5_000, number)],
    ['half the file', district(5_000, number), district(2_500, number)],
    ['a year later', district(5_000, number), district(6_000, number).slice(900)],
    ['nobody', district(5_000, number), []],
    ['a first delivery', [], district(5_000, number)],
    ['two students', district(2, number), district(2, guid)],
    [
      'one of ten who kept the id',
      district(10, number),
      district(10, (at) => (at === 0 ? number(at) : guid(at))),
    ],
    ['a few other people', district(10, number), district(10, guid, 'other')],
    ['names written in another way, the same ids', district(5_000, number), district(5_000, number, 'CHILD')],
    [
      'names that nobody knows',
      district(50, number).map((one) => ({ ...one, personKey: '' })),
      district(50, guid),
    ],
    [
      'a correction of forty ids',
      district(5_000, number),
      district(5_000, (at) => (at < 40 ? guid(at) : number(at))),
    ],
  ] as const)
    it(`has nothing to say about ${what}`, () => {
      expect(recogniseIdentityFamily(before, after)).to.equal(undefined);
    });

  it('does not depend on the order of rows', () => {
    const before = district(9_000, number);
    const after = district(9_000, (at) => (at % 30 === 0 ? number(at) : guid(at)));
    const finding = recogniseIdentityFamily(before, after);
    expect(finding?.kind).to.equal('other_ids');
    const byLot = (seed: number) => (one: KnownPerson, other: KnownPerson) =>
      lotOf(one, seed) - lotOf(other, seed);
    fc.assert(
      fc.property(fc.nat(), fc.nat(), (one, other) => {
        const again = recogniseIdentityFamily(before.toSorted(byLot(one)), after.toSorted(byLot(other)));
        expect(again).to.deep.equal(finding);
      }),
      { numRuns: 5 },
    );
  });

  it('names nobody in its sentence', () => {
    const { sentence } = recogniseIdentityFamily(district(30, number), district(30, guid)) ?? {
      sentence: '',
    };
    expect(sentence)
      .to.match(/another kind of student id/)
      .and.not.match(/child|guid|\d/);
  });
});
