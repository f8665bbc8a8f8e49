import { expect } from 'chai';
import { drawSpark } from '../../../src/report/page/draw-spark.ts';

describe('report/page/draw-spark', () => {
  it('draws a line with gaps, and the limit where it is near', () => {
    const spark = drawSpark({ values: [1, 2, undefined, 4, 3], limit: 5, words: 'w<' }).toString();
    expect(spark).to.include('<title>w&lt;</title>').and.include('<line class="limit"');
    expect(spark.match(/M/g)).to.have.length(2);
    expect(spark).to.not.match(/NaN|undefined|Infinity/);
  });

  it('leaves a far limit out, so that the line is not pressed flat', () => {
    expect(drawSpark({ values: [1, 2, 1], limit: 50, words: '' }).toString()).to.not.include('limit');
  });

  it('draws what never moves, also at nothing', () => {
    for (const value of [0, 7])
      expect(drawSpark({ values: [value, value, value], words: '' }).toString()).to.not.match(/NaN|Infinity/);
  });

  it('draws nothing of two runs, or of one that was not measured', () => {
    expect(drawSpark({ values: [1, 2], words: '' }).toString()).to.equal('');
    expect(drawSpark({ values: [1, 2, 3, undefined], words: '' }).toString()).to.equal('');
  });
});
