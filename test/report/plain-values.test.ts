import { expect } from 'chai';
import { writeBytes, writeCounted, writeInstant } from '../../src/report/plain-values.ts';

describe('report/plain-values', () => {
  it('writes sizes as file managers do', () => {
    const sizes = [0, 1, 999, 1000, 812_345, 1_000_000, 240_000_000, 5e15];
    expect(sizes.map(writeBytes)).to.deep.equal([
      '0 bytes',
      '1 byte',
      '999 bytes',
      '1.0 kB',
      '812.3 kB',
      '1.0 MB',
      '240.0 MB',
      '5000.0 TB',
    ]);
  });

  it('writes counts with their word', () => {
    expect([0, 1, 1234].map((count) => writeCounted(count, 'row'))).to.deep.equal([
      '0 rows',
      '1 row',
      '1,234 rows',
    ]);
  });

  it('writes instants as they were stamped', () => {
    expect(writeInstant('2026-11-22T03:30:00.123-06:00')).to.equal('2026-11-22 03:30:00 -06:00');
    expect(writeInstant('2026-11-22T09:30:00Z')).to.equal('2026-11-22 09:30:00 UTC');
    expect(writeInstant('someday')).to.equal('someday');
  });
});
