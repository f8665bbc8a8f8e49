import { expect } from 'chai';
import { openTexts } from '../../src/bytewise/open-texts.ts';
import { NOT_KNOWN } from '../../src/bytewise/row-view.ts';
import { moveTo, rowOf } from './a-row.ts';

const LONG = 'é'.repeat(33);

describe('bytewise/open-texts', () => {
  it('reads the columns that are asked for, and no others', () => {
    const texts = openTexts(3, [1]);
    const view = rowOf('a', 'é', 'c');
    texts.number(view);
    texts.read(view, [1]);
    expect(view.texts).to.deep.equal(['', 'é', '']);
    texts.read(view, undefined);
    expect(view.texts).to.deep.equal(['a', 'é', 'c']);
  });

  it('gives every row its own values, whatever the rows before had', () => {
    const texts = openTexts(2, [0]);
    const view = rowOf('', '');
    for (const values of [
      ['A', 'x'],
      ['B', ''],
      ['A', 'y'],
      ['', ''],
      [LONG, 'x'],
      ['\ufeffA', ' '],
      ['B', '😀'],
    ]) {
      moveTo(view, values);
      texts.number(view);
      texts.read(view, undefined);
      expect(view.texts).to.deep.equal(values);
    }
  });

  it('numbers the values of remembered columns alone, and no long ones', () => {
    const texts = openTexts(2, [1]);
    const view = rowOf('A', 'A');
    const numbers = ['A', 'B', 'A', LONG].map((value) => {
      moveTo(view, [value, value]);
      texts.number(view);
      return [...view.numbers];
    });
    expect(numbers).to.deep.equal([
      [-1, 0],
      [-1, 1],
      [-1, 0],
      [-1, NOT_KNOWN],
    ]);
  });
});
