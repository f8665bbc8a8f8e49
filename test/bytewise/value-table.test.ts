import { expect } from 'chai';
import { NOT_KNOWN } from '../../src/bytewise/row-view.ts';
import { openValueTable } from '../../src/bytewise/value-table.ts';

const MOST = 16_384;

function openAsk(): (value: string) => number {
  const table = openValueTable();
  return (value) => {
    const bytes = Buffer.from(`\u001f${value}\u001f`);
    return table.numberOf(bytes, 1, bytes.length - 1);
  };
}

describe('bytewise/value-table', () => {
  it('numbers values in the order in which they came', () => {
    const ask = openAsk();
    expect(['A', '', 'B', 'A', '', 'a', 'A ', 'é', 'e\u0301', 'B'].map(ask)).to.deep.equal([
      0, 1, 2, 0, 1, 3, 4, 5, 6, 2,
    ]);
  });

  it('tells values apart that differ in a byte, of every length', () => {
    const ask = openAsk();
    const values = Array.from({ length: 64 }, (_, length) => [
      'x'.repeat(length + 1),
      `${'x'.repeat(length)}y`,
    ]).flat();
    for (const round of [1, 2]) expect(values.map(ask), `${round}`).to.deep.equal(values.map((_, at) => at));
  });

  it('remembers no long value', () => {
    const ask = openAsk();
    expect(['x'.repeat(64), 'x'.repeat(65), 'é'.repeat(32), 'é'.repeat(33)].map(ask)).to.deep.equal([
      0,
      NOT_KNOWN,
      1,
      NOT_KNOWN,
    ]);
  });

  it('remembers so many values and no more, and still knows those', () => {
    const ask = openAsk();
    for (let at = 0; at < MOST; at++)
      if (ask(`value ${at}`) !== at) expect.fail(`the value ${at} has another number`);
    expect(['another', 'value 0', `value ${MOST - 1}`, 'another'].map(ask)).to.deep.equal([
      NOT_KNOWN,
      0,
      MOST - 1,
      NOT_KNOWN,
    ]);
    for (let at = 0; at < MOST; at++)
      if (ask(`value ${at}`) !== at) expect.fail(`the value ${at} was forgotten`);
  });

  it('has room for as many long ones', () => {
    const ask = openAsk();
    const longest = (at: number) => String(at).padStart(64, '0');
    for (let at = 0; at < MOST; at++)
      if (ask(longest(at)) !== at) expect.fail(`the value ${at} has another number`);
    expect(ask(longest(MOST - 1))).to.equal(MOST - 1);
  });
});
