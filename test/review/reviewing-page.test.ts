import { readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { REVIEW_ERRORS } from '../../src/errors/review-errors.ts';
import { readDecision } from '../../src/review/read-decision.ts';
import { DECISION_MEANINGS, KIND_MEANINGS, REVIEW_COLUMNS } from '../../src/review/review-columns.ts';
import { PLAIN_CHOICES } from '../../src/vocabulary/memory.ts';

describe('docs/reviewing.md', () => {
  let page: string;
  before(async () => {
    page = await readFile(new URL('../../docs/reviewing.md', import.meta.url), 'utf8');
  });

  function rowsUnder(heading: string): string[] {
    const [, section = ''] = page.split(`\n## ${heading}\n`);
    const rows = (section.split('\n## ')[0] ?? '').split('\n').filter((line) => line.startsWith('| `'));
    return rows;
  }
  const asRows = (meanings: Readonly<Record<string, string>>) =>
    Object.entries(meanings).map(([word, meaning]) => `| \`${word}\` | ${meaning} |`);

  it('explains every column, kind and decision as the program does, and no others', () => {
    expect(rowsUnder('The columns')).to.deep.equal(asRows(REVIEW_COLUMNS));
    expect(rowsUnder('The kinds')).to.deep.equal(asRows(KIND_MEANINGS));
    expect(rowsUnder('The decisions')).to.deep.equal(asRows(DECISION_MEANINGS));
  });

  it('has every decision that a sheet may hold', () => {
    expect(Object.keys(DECISION_MEANINGS)).to.have.members([...PLAIN_CHOICES, 'match:ID']);
    for (const word of Object.keys(DECISION_MEANINGS))
      expect(readDecision(word).word).to.not.equal('unknown');
  });

  it('says what to do about every way in which a sheet is refused', () => {
    const codes = rowsUnder('If the sheet is refused').map((row) => /^\| `(\w+)`/.exec(row)?.[1]);
    expect(codes).to.deep.equal(Object.keys(REVIEW_ERRORS));
  });
});
