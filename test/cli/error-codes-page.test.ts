import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { renderErrorCodesPage } from '../../src/cli/error-codes-page.ts';
import { EXIT_CODES } from '../../src/cli/exit-codes.ts';
import { CATALOGUE, EXIT_BY_SIGNAL } from '../../src/errors/catalogue.ts';

describe('cli/error-codes-page', () => {
  it('is what docs/error-codes.md says; npm run docs writes it there', async () => {
    const page = await readFile(new URL('../../docs/error-codes.md', import.meta.url), 'utf8');
    expect(page).to.equal(renderErrorCodesPage());
  });

  it('knows every exit code that an error or a signal leads to', () => {
    const used = new Set<number>([0, EXIT_BY_SIGNAL, ...Object.values(CATALOGUE).map((entry) => entry.exit)]);
    expect(EXIT_CODES.map(([code]) => code)).to.have.members([...used]);
  });
});
