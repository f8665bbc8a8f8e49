import { expect } from 'chai';
import { buildReport } from '../../../src/report/build-report.ts';
import { buildFlow } from '../../../src/report/flow-graph.ts';
import { drawFlow } from '../../../src/report/page/draw-flow.ts';
import { emptyBooks } from '../../../src/vocabulary/totals.ts';
import { sampleFacts } from '../sample-facts.ts';

const WORDS = { id: 'flow-0', title: 'students: where the rows went', description: 'Their ends.' };

function draw(read: number, rejected: number): string {
  const books = emptyBooks();
  const created = read - rejected;
  Object.assign(books.totals, { read, rejected, carried: created, created });
  books.rejected.bad_date = rejected;
  const flow = buildFlow(buildReport(sampleFacts({ books: new Map([['students', books]]) })), 'students');
  return flow ? drawFlow(flow, WORDS).toString() : '';
}

describe('report/page/draw-flow', () => {
  it('is drawn for wide and for narrow screens, each with a title and a description', () => {
    const picture = draw(1000, 70);
    expect(picture.match(/<svg class="flow (wide|narrow)"/g)).to.have.length(2);
    for (const shape of ['wide', 'narrow']) {
      expect(picture).to.include(`aria-labelledby="flow-0-${shape}-title flow-0-${shape}-desc"`);
      expect(picture).to.include(`<desc id="flow-0-${shape}-desc">Their ends.</desc>`);
    }
    expect(picture).to.include('<tspan class="word">bad_date</tspan> 70 · 7.0%');
    expect(picture).to.not.match(/NaN|undefined|Infinity/);
  });

  it('lets one row among a million be seen, and calls it neither nothing nor all', () => {
    const picture = draw(1_000_000, 1);
    expect(picture).to.include('1 · &lt;0.1%').and.include('999,999 · &gt;99.9%');
    for (const [, width] of picture.matchAll(/stroke-width="([\d.]+)"/g))
      expect(Number(width)).to.be.at.least(1.5);
  });
});
