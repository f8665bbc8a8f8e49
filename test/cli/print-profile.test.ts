import { PassThrough } from 'node:stream';
import { expect } from 'chai';
import { printProfile } from '../../src/cli/print-profile.ts';
import type { ColumnProfile, Profile } from '../../src/inspect/profile.ts';

const CODES = Array.from({ length: 40 }, (_, index) => ({
  value: `Code ${index}`,
  count: 1_000_000 - index,
}));

const COLUMN: ColumnProfile = {
  name: 'A header that is much longer than any other name of a column',
  position: 1,
  filled: 999,
  fillRate: 0.999,
  distinct: undefined,
  mostDistinct: 10_000,
  values: CODES,
  shortest: 1,
  longest: 12,
  type: 'code',
  typeShare: 0.995,
  literals: [],
  remarks: [{ code: 'literal', message: `${'word '.repeat(40)}end` }],
};

const PROFILE: Profile = {
  file: 'a\u202eb.csv',
  sizeBytes: 1200,
  encoding: 'utf-8',
  hasByteOrderMark: true,
  delimiter: ';',
  quote: '"',
  escape: 'backslash',
  skipLines: 2,
  lineEnding: 'lf',
  hasHeader: true,
  rows: 1000,
  rejected: [{ code: 'field_count', count: 7, firstLines: [3, 5] }],
  columns: [COLUMN, { ...COLUMN, name: 'B\u0007', values: [], remarks: [], distinct: 3, type: 'name' }],
  remarks: [{ code: 'footer', message: 'a footer '.repeat(20).trim() }],
};

/** What a terminal of so many columns would show, without its colours. */
function printed(columns: number): string {
  const stream = Object.assign(new PassThrough(), { isTTY: false, columns });
  printProfile({ stdout: stream, stderr: stream, quiet: false }, PROFILE);
  return String(stream.read() ?? '');
}

describe('cli/print-profile', () => {
  for (const width of [72, 80, 132])
    it(`fits ${width} columns`, () => {
      for (const line of printed(width).split('\n')) expect(line.length, line).to.be.at.most(width);
    });

  it('says what the file is, and writes out what cannot be seen', () => {
    const text = printed(0);
    expect(text).to.include('a[U+202E]b.csv, 1.2 kB\n').and.to.include('B[U+0007]');
    expect(text).to.include('encoding   utf-8, with a byte order mark\ndelimiter  semicolon\n');
    expect(text).to.include('header     line 3\nrows       1,000, of which 7 cannot be read\n');
    expect(text)
      .to.include('(field_count; first lines 3, 5)')
      .and.to.include('>10,000')
      .and.to.include('over 99%');
    expect(text).to.include('--values shows them all');
  });
});
