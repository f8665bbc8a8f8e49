import { expect } from 'chai';
import { hintAmong, nearestName } from '../../src/config/nearest-name.ts';

describe('config/nearest-name', () => {
  const CASES: readonly [written: string, known: string[], nearest: string | undefined][] = [
    ['pasword', ['password', 'path'], 'password'],
    ['birthDate', ['birth_date', 'school'], 'birth_date'],
    ['Birth-Date', ['birth_date'], 'birth_date'],
    ['prod', ['production', 'sandbox'], 'production'],
    ['active', ['active_only', 'active_and_age_eligible'], undefined],
    ['x', ['id'], undefined],
    ['prot', ['host', 'port'], 'port'],
    ['monday', ['mon', 'tue'], 'mon'],
    ['colour', ['delimiter', 'quote'], undefined],
    ['anything', [], undefined],
  ];
  for (const [written, known, nearest] of CASES) {
    it(`${written} among ${known.join(', ') || 'nothing'}: ${nearest ?? 'none is near'}`, () => {
      expect(nearestName(written, known)).to.equal(nearest);
    });
  }

  it('lists what is known where nothing is near', () => {
    expect(hintAmong('zzz', ['a', 'b'])).to.equal('Known here: a, b.');
  });
});
