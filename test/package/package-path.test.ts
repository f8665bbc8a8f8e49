import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { packagePath } from '../../src/package/package-path.ts';

describe('the files that come with the program', () => {
  it('lie where package.json does', () => {
    expect(packagePath('data', 'nicknames.csv')).to.equal(
      join(import.meta.dirname, '../../data/nicknames.csv'),
    );
    expect(existsSync(packagePath('package.json'))).to.equal(true);
  });
});
