import { access, readFile } from 'node:fs/promises';
import { expect } from 'chai';

const root = new URL('../../', import.meta.url);

describe('docs/security.md', () => {
  it('names tests that are there, for every claim', async () => {
    const page = await readFile(new URL('docs/security.md', root), 'utf8');
    const named = [...page.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = '']) => path);
    expect(named.length).to.be.above(20);
    for (const path of named) await access(new URL(path, root));
  });
});
