import { expect } from 'chai';
import { temporaryName } from '../../src/deliver/destination.ts';
import { compileMatch, isTemporaryName } from '../../src/source/match-name.ts';

describe('temporaryName', () => {
  const name = temporaryName({ name: 'students_2026-11-22.csv' }, '20261122T093000Z-riverside-4f2a91');

  it('is hidden, unfinished to every program that knows the habit, and of one run only', () => {
    expect(name).to.match(/^\./);
    expect(isTemporaryName(name)).to.equal(true);
    expect(name).to.contain('20261122T093000Z-riverside-4f2a91');
  });

  it('fits no pattern by which an importer looks for the file', () => {
    for (const pattern of ['students*.csv', '*.csv', '*students*.csv', 'students*'])
      expect(compileMatch(pattern)(name), pattern).to.equal(undefined);
  });
});
