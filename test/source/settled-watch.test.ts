import { expect } from 'chai';
import fc from 'fast-check';
import { openSettledWatch } from '../../src/source/settled-watch.ts';

const file = (name: string, sizeBytes: number, modifiedMs = 5) => ({ name, sizeBytes, modifiedMs });
const at = (ms: number) => ({ begunMs: ms, endedMs: ms });

describe('openSettledWatch', () => {
  it('remembers over many looks since when a file is the same', () => {
    const watch = openSettledWatch({ quiet: '5s' });
    const one = file('a', 1);
    expect(watch.look([one], at(0))(one)).to.equal('growing');
    expect(watch.look([one], at(4999))(one)).to.equal('growing');
    expect(watch.look([one], at(5000))(one)).to.equal('settled');
    const grown = file('a', 2);
    expect(watch.look([grown], at(6000))(grown)).to.equal('growing');
    expect(watch.look([one], at(20_000))(one), 'back to what it was').to.equal('growing');
    expect(watch.look([one], at(25_000))(one)).to.equal('settled');
  });

  it('starts anew with a file that went and came again', () => {
    const watch = openSettledWatch({ quiet: '5s' });
    const one = file('a', 1);
    watch.look([one], at(0));
    watch.look([], at(3000));
    expect(watch.look([one], at(6000))(one)).to.equal('growing');
  });

  it('counts from the end of one listing to the beginning of the other', () => {
    const watch = openSettledWatch({ quiet: '5s' });
    const one = file('a', 1);
    watch.look([one], { begunMs: 0, endedMs: 3000 });
    expect(watch.look([one], { begunMs: 6000, endedMs: 9000 })(one)).to.equal('growing');
    expect(watch.look([one], { begunMs: 8000, endedMs: 9000 })(one)).to.equal('settled');
  });

  it('knows nothing of a file that the listing does not have', () => {
    const readiness = openSettledWatch({ quiet: '1s' }).look([], at(0));
    expect(readiness(file('a', 1))).to.equal('growing');
  });

  it('never calls a file settled that changed within the quiet time', () => {
    const step = fc.record({ waitMs: fc.integer({ min: 0, max: 4000 }), changes: fc.boolean() });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1 }), (steps) => {
        const watch = openSettledWatch({ quiet: '5s' });
        let [nowMs, sizeBytes, changedMs] = [0, 1, 0];
        for (const { waitMs, changes } of steps) {
          nowMs += waitMs;
          if (changes) [sizeBytes, changedMs] = [sizeBytes + 1, nowMs];
          const state = watch.look([file('a', sizeBytes)], at(nowMs))(file('a', sizeBytes));
          if (state === 'settled') expect(nowMs - changedMs).to.be.at.least(5000);
        }
      }),
    );
  });
});
