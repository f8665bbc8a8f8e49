import { fileURLToPath } from 'node:url';
import { compileNicknames, type Nicknames } from '../../compare/nicknames.ts';
import { readTable } from '../../parse/read-table.ts';

/** From dist/run as from src/run, the data of the package lies two folders up. */
const TABLE = fileURLToPath(new URL('../../../data/nicknames.csv', import.meta.url));

/** The nicknames that come with Rosterferry. */
export async function loadNicknames(): Promise<Nicknames> {
  const { rows } = await readTable(TABLE);
  return compileNicknames(rows.map(({ nickname = '', name = '' }) => ({ nickname, name })));
}
