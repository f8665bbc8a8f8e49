import { expect } from 'chai';
import { visibleText } from '../../src/report/visible-text.ts';

describe('report/visible-text', () => {
  const table: [string, string][] = [
    ['plain, José Ñ O’Brien 李 👩‍🎓', 'plain, José Ñ O’Brien 李 👩‍🎓'],
    ['M\u00a0', 'M[U+00A0]'],
    ['a\tb\r\nc', 'a[U+0009]b[U+000D][U+000A]c'],
    ['\u001b[31mred', '[U+001B][31mred'],
    ['abc\u202etxt.exe', 'abc[U+202E]txt.exe'],
    ['\u2066x\u2069', '[U+2066]x[U+2069]'],
    ['a\u2028b\u2029c', 'a[U+2028]b[U+2029]c'],
    ['\ufeffid', '[U+FEFF]id'],
    ['zero\u200bwidth', 'zero[U+200B]width'],
    ['\ud800', '[U+D800]'],
    ['\u{e0041}', '[U+E0041]'],
    ['\uffff', '[U+FFFF]'],
  ];
  for (const [text, shown] of table) {
    it(`shows ${JSON.stringify(text)}`, () => {
      expect(visibleText(text)).to.equal(shown);
    });
  }
});
