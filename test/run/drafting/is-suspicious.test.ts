import { expect } from 'chai';
import fc from 'fast-check';
import { isSuspicious, mayBeSuspicious } from '../../../src/run/drafting/is-suspicious.ts';

const COUNT = fc.nat({ max: 1000 });

describe('isSuspicious', () => {
  it('asks where half are new, or a twentieth is somebody else', () => {
    const of = (created: number, otherPersons: number) =>
      isSuspicious(100, { carried: 100, created, otherPersons });
    expect([of(49, 4), of(50, 0), of(0, 5)]).to.deep.equal([false, true, true]);
    expect(isSuspicious(0, { carried: 100, created: 100, otherPersons: 0 })).to.equal(false);
    expect(isSuspicious(100, { carried: 0, created: 0, otherPersons: 0 })).to.equal(false);
  });

  it('never comes to it where it was told before that it could not (property)', () => {
    fc.assert(
      fc.property(COUNT, COUNT, COUNT, COUNT, COUNT, (lastCount, same, created, other, held) => {
        const otherPersons = Math.min(other, created + 20);
        const open = Math.max(created, otherPersons) + held;
        const isAsked = isSuspicious(lastCount, { carried: same + open - held, created, otherPersons });
        if (isAsked) expect(mayBeSuspicious(lastCount, same + open, same)).to.equal(true);
      }),
    );
  });

  it('cannot come to it on a first night, or where nearly all are the very same', () => {
    expect(mayBeSuspicious(0, 100, 0)).to.equal(false);
    expect(mayBeSuspicious(100, 100, 96)).to.equal(false);
    expect(mayBeSuspicious(100, 100, 95)).to.equal(true);
    expect(mayBeSuspicious(100, 100, 0)).to.equal(true);
  });
});
