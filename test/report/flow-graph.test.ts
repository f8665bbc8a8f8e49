import { expect } from 'chai';
import fc from 'fast-check';
import { buildReport } from '../../src/report/build-report.ts';
import { buildFlow, type Flow } from '../../src/report/flow-graph.ts';
import { emptyBooks } from '../../src/vocabulary/totals.ts';
import { sampleFacts } from './sample-facts.ts';

function countOf(flow: Flow | undefined, key: string): number | undefined {
  return flow?.nodes.find((node) => node.key === key)?.count;
}

describe('report/flow-graph', () => {
  it('leads every row from where it was read to its end', () => {
    const flow = buildFlow(buildReport(sampleFacts()), 'students');
    expect(flow?.nodes[0]).to.deep.include({ key: 'read', count: 5000 });
    expect(countOf(flow, 'carried created')).to.equal(4575);
    expect(countOf(flow, 'ineligible age')).to.equal(391);
    expect(countOf(flow, 'rejected unknown_status')).to.equal(7);
    expect(countOf(flow, 'held')).to.equal(undefined);
    expect(flow?.links).to.deep.include({ source: 'ineligible', target: 'ineligible school', count: 21 });
  });

  it('joins the rarest codes, and loses no row', () => {
    const count = fc.nat(50);
    const codes = [
      'field_count',
      'blank_id',
      'required',
      'too_long',
      'pattern',
      'bad_date',
      'bad_phone',
    ] as const;
    fc.assert(
      fc.property(fc.array(count, { minLength: 7, maxLength: 7 }), count, (rejected, created) => {
        const books = emptyBooks();
        const all = rejected.reduce((sum, one) => sum + one, 0);
        Object.assign(books.totals, { read: all + created, rejected: all, carried: created, created });
        books.rejected = Object.fromEntries(codes.map((code, at) => [code, rejected[at] ?? 0]));
        const flow = buildFlow(
          buildReport(sampleFacts({ books: new Map([['students', books]]) })),
          'students',
        );
        expect(flow === undefined).to.equal(all + created === 0);
        const from = new Set(flow?.links.map(({ source }) => source));
        const ends = (flow?.nodes ?? []).filter(({ key }) => !from.has(key));
        expect(ends.reduce((sum, end) => sum + end.count, 0)).to.equal(all + created);
        expect(ends.filter(({ tone }) => tone === 'rejected').length).to.be.at.most(6);
      }),
    );
  });

  it('draws what the books do not account for', () => {
    const books = emptyBooks();
    Object.assign(books.totals, { read: 10, carried: 7, created: 7 });
    const flow = buildFlow(buildReport(sampleFacts({ books: new Map([['students', books]]) })), 'students');
    expect(flow?.nodes.at(-1)).to.deep.include({ label: 'not accounted for', count: 3 });
  });
});
