import { compileNicknames, type Nicknames } from '../../compare/nicknames.ts';
import { packagePath } from '../../package/package-path.ts';
import { readTable } from '../../parse/read-table.ts';

const TABLE = packagePath('data/nicknames.csv');

/** The nicknames that come with Rosterferry. */
export async function loadNicknames(): Promise<Nicknames> {
  const { rows } = await readTable(TABLE);
  return compileNicknames(rows.map(({ nickname = '', name = '' }) => ({ nickname, name })));
}
