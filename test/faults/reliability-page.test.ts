import { access, readFile } from 'node:fs/promises';
import { expect } from 'chai';
import { RUN_STATES } from '../../src/run/run-states.ts';

const ROOT = new URL('../../', import.meta.url);
/** The rows that every change is held against. */
const ROWS = [
  1, 3, 4, 6, 11, 12, 13, 18, 21, 26, 27, 31, 34, 36, 39, 40, 46, 51, 54, 57, 59, 60, 62, 65, 68, 69, 70, 76,
  77, 81, 84, 87, 88,
];

describe('docs/reliability.md', () => {
  let page: string;
  before(async () => {
    page = await readFile(new URL('docs/reliability.md', ROOT), 'utf8');
  });

  it('names tests that are there', async () => {
    const named = new Set([...page.matchAll(/`(test\/[^`]+\.ts)`/g)].map(([, path = '']) => path));
    expect(named.size).to.be.greaterThan(30);
    const missing: string[] = [];
    for (const path of named) await access(new URL(path, ROOT)).catch(() => missing.push(path));
    expect(missing).to.deep.equal([]);
  });

  it('names a test for each promise and for each row of the fault list', () => {
    const after = (title: string) => page.slice(page.indexOf(`\n## ${title}\n`)).split('\n## ')[1] ?? '';
    const rows = (title: string) => after(title).match(/^\| (?!---|To whom|Row).*$/gm) ?? [];
    for (const title of ['To whom what is promised', 'The fault list'])
      for (const row of rows(title)) expect(row).to.match(/`test\/[^`]+`.* \|$/);
    const numbers = rows('The fault list').map((row) => Number(row.split('|')[1]));
    expect(numbers).to.include.members(ROWS);
  });

  it('has the states of a run in their order', () => {
    const states = [...page.matchAll(/^\| `([a-z]+)` \|/gm)].map(([, state]) => state);
    const onTheWay = Object.keys(RUN_STATES).filter((state) => !/held|failed|cancelled/.test(state));
    expect(states).to.deep.equal(onTheWay);
  });
});
