import { expect } from 'chai';
import { nightOf } from '../../src/source/night-of.ts';

describe('nightOf', () => {
  const cases: [string, string | undefined][] = [
    ['_20261122', '2026-11-22'],
    ['-2026-11-22', '2026-11-22'],
    ['_2026_11_22_0201', '2026-11-22'],
    ['20261122T020001', '2026-11-22'],
    ['_20261122020001', '2026-11-22'],
    ['_202611220201', '2026-11-22'],
    ['_11222026', '2026-11-22'],
    ['.11-22-2026', '2026-11-22'],
    ['', undefined],
    ['_1', undefined],
    ['_020001', undefined],
    ['_2026', undefined],
    ['_2026-2027', undefined],
    ['_20261322', undefined],
    ['_20260230', undefined],
    ['_12345678', undefined],
    ['_2026112', undefined],
    ['_20261121_20261122', undefined],
    ['_20261122_2026-11-22', '2026-11-22'],
  ];
  for (const [name, day] of cases)
    it(`${JSON.stringify(name)}: ${day ?? 'no day'}`, () => expect(nightOf(name)).to.equal(day));
});
