import { expect } from 'chai';
import fc from 'fast-check';
import { codeOf } from './a-step.ts';

const text = fc.string({ unit: 'grapheme', maxLength: 12 });

describe('mapping/transforms/text', () => {
  it('squishes and trims once and for all', () => {
    for (const name of ['trim', 'squish', 'digits', 'strip_leading_zeros']) {
      const step = codeOf(name);
      fc.assert(
        fc.property(text, (value) => {
          expect(step(step(value)), name).to.equal(step(value));
        }),
      );
    }
  });

  it('never gives back more than is asked for', () => {
    const cut = codeOf('truncate', 3);
    fc.assert(
      fc.property(text, (value) => {
        expect(Array.from(cut(value)).length).to.be.at.most(3);
        if (value.trim() !== '') expect(value.startsWith(cut(value))).to.equal(true);
      }),
    );
  });

  it('pads to the length and no further', () => {
    const pad = codeOf('pad_left', 6);
    expect(pad('𝒳')).to.equal('00000𝒳');
    expect(pad('1234567')).to.equal('1234567');
    expect(codeOf('pad_left', { length: 3, with: 'x' })('1')).to.equal('xx1');
    expect(codeOf('pad_left', { length: 3, with: 0 })('1')).to.equal('001');
  });

  it('cuts by characters', () => {
    expect(codeOf('substring', { start: 2, length: 1 })('𝒳𝒴𝒵')).to.equal('𝒴');
    expect(codeOf('substring', { start: -9, length: 2 })('abc')).to.equal('ab');
  });

  it('keeps the last zero, and what stands before no digit', () => {
    expect(codeOf('strip_leading_zeros')('0')).to.equal('0');
    expect(codeOf('strip_leading_zeros')('-01')).to.equal('-01');
    expect(codeOf('strip_leading_zeros')('00 ')).to.equal('0 ');
  });
});
