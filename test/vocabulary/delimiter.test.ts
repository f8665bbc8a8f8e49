import { expect } from 'chai';
import { delimiterOf, whyNoDelimiter } from '../../src/vocabulary/delimiter.ts';

describe('a delimiter', () => {
  it('is the character itself, or its name', () => {
    const written = [',', ';', '|', '\t', '\\t', 'comma', 'Tab', 'semicolon', 'pipe', 'bar', '~|~'];
    expect(written.map(delimiterOf)).to.deep.equal([
      ',',
      ';',
      '|',
      '\t',
      '\t',
      ',',
      '\t',
      ';',
      '|',
      '|',
      '~|~',
    ]);
    for (const one of written) expect(whyNoDelimiter(one, 4), one).to.equal(undefined);
  });

  it('is no word, no quote, no line end, and not longer than it may be', () => {
    for (const written of ['tabulator', 'x', '1', '"', '\n', '|||||'])
      expect(whyNoDelimiter(written, 4), written).to.match(/^no delimiter: .*comma, semicolon, tab or pipe$/);
    expect(whyNoDelimiter('||', 1)).not.to.equal(undefined);
    expect(whyNoDelimiter('tab', 1)).to.equal(undefined);
  });
});
