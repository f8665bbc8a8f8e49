import { setTimeout } from 'node:timers/promises';
import { expect } from 'chai';
import { inLanes } from '../../src/files/in-lanes.ts';

describe('work in lanes', () => {
  it('answers in the order of the items, whatever ends first, and has several at work but not all', async () => {
    let atWork = 0;
    let most = 0;
    const items = Array.from({ length: 20 }, (_, at) => at);
    const answers = await inLanes(items, async (item) => {
      most = Math.max(most, ++atWork);
      await setTimeout((item * 7) % 5);
      atWork -= 1;
      return item * 2;
    });
    expect(answers).to.deep.equal(items.map((item) => item * 2));
    expect(most).to.be.within(2, 8);
  });

  it('throws a fault when nothing is at work any more, and begins nothing after it', async () => {
    const ended: number[] = [];
    const work = async (item: number) => {
      if (item === 1) throw new Error('the second');
      await setTimeout(10);
      ended.push(item);
    };
    const fault = await inLanes([0, 1, 2, 3, 4, 5, 6, 7], work).catch(({ message }) => message);
    expect(fault).to.equal('the second');
    expect(ended.toSorted()).to.deep.equal([0, 2, 3]);
  });

  it('answers nothing of nothing, and undefined where work answers that', async () => {
    expect(await inLanes([], async () => 1)).to.deep.equal([]);
    expect(await inLanes([1, 2], async () => undefined)).to.deep.equal([undefined, undefined]);
  });
});
