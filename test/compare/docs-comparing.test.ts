import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { inAWord, matchAmong } from './people.ts';

const PAGE = join(import.meta.dirname, '../../docs/comparing.md');
const TABLE = /<!-- checked: likeness -->\n(.*?)<!-- end -->/s;

describe('docs/comparing.md', () => {
  it('says of every pair what the matcher says', async () => {
    const [, table = ''] = TABLE.exec(await readFile(PAGE, 'utf8')) ?? [];
    const rows = table.trim().split('\n').slice(2);
    expect(rows.length).to.be.greaterThan(10);
    for (const row of rows) {
      const [, student = '', record = '', score = ''] = row.split('|').map((cell) => cell.trim());
      const answer = matchAmong([student.replace(',', '')], record.replace(',', ''));
      expect(inAWord(answer), row).to.equal(score === 'none' ? 'none' : `potential A ${score}`);
    }
  });
});
