import { expect } from 'chai';
import { padSeen, padSeenStart, seenWidth } from '../../src/report/seen-width.ts';

describe('report/seen-width', () => {
  const widths: [text: string, columns: number][] = [
    ['', 0],
    ['plain', 5],
    ['José', 4],
    ['Jose\u0301', 4],
    ['北区', 4],
    ['ひらカタ', 8],
    ['한국', 4],
    ['ｶﾀ', 2],
    ['Ａ，', 4],
    ['👩‍👧', 2],
    ['نور', 3],
    ['a\u200bb', 2],
  ];
  for (const [text, columns] of widths)
    it(`counts ${columns} for ${JSON.stringify(text)}`, () => {
      expect(seenWidth(text)).to.equal(columns);
      expect(seenWidth(padSeen(text, 9))).to.equal(9);
      expect(padSeenStart(text, 9).endsWith(text)).to.equal(true);
    });
});
