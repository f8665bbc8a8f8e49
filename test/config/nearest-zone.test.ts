import { expect } from 'chai';
import { nearestZone } from '../../src/config/nearest-zone.ts';

describe('config/nearest-zone', () => {
  const CASES: readonly [written: string, zone: string | undefined][] = [
    ['America/Chicgo', 'America/Chicago'],
    ['Chicago', 'America/Chicago'],
    ['new york', 'America/New_York'],
    ['CST', 'America/Chicago'],
    ['pdt', 'America/Los_Angeles'],
    ['+06:00', undefined],
  ];
  for (const [written, zone] of CASES)
    it(`${written}: ${zone ?? 'none is near'}`, () => {
      expect(nearestZone(written)).to.equal(zone);
    });
});
