import { join } from 'node:path';
import { expect } from 'chai';
import { compileNicknames, type NicknameRow } from '../../src/compare/nicknames.ts';
import { readTable } from '../../src/parse/read-table.ts';

const TABLE = join(import.meta.dirname, '../../data/nicknames.csv');

describe('compileNicknames', () => {
  const nicknames = compileNicknames([
    { nickname: 'Alex', name: 'Alexander' },
    { nickname: 'Alex', name: 'Alexandra' },
    { nickname: 'Pepe', name: 'José' },
    { nickname: 'Chepe', name: 'José' },
  ]);

  it('says which is short for which, in either order', () => {
    expect(nicknames.between('alex', 'alexandra')).to.equal('Alex for Alexandra');
    expect(nicknames.between('alexandra', 'alex')).to.equal('Alex for Alexandra');
    expect(nicknames.between('jose', 'pepe')).to.equal('Pepe for José');
  });

  it('takes two nicknames of one name as alike', () => {
    expect(nicknames.between('pepe', 'chepe')).to.equal('Chepe and Pepe for José');
    expect(nicknames.between('chepe', 'pepe')).to.equal('Chepe and Pepe for José');
  });

  it('does not take two names for one because they share a nickname', () => {
    expect(nicknames.between('alexander', 'alexandra')).to.equal(undefined);
  });

  it('knows every name of a nickname', () => {
    expect([...nicknames.namesOf('alex')]).to.deep.equal(['alexander', 'alexandra']);
    expect([...nicknames.namesOf('alexander')]).to.deep.equal([]);
  });

  it('knows nothing else', () => {
    expect(nicknames.between('alex', 'alex')).to.equal(undefined);
    expect(nicknames.between('constructor', 'alex')).to.equal(undefined);
  });
});

describe('data/nicknames.csv', () => {
  it('is a whole table: every row with its names, language, year and source, none twice', async () => {
    const { columns, rows } = await readTable(TABLE);
    expect(columns).to.deep.equal(['nickname', 'name', 'language', 'year', 'source']);
    expect(rows.length).to.be.greaterThan(900);
    const seen = new Set<string>();
    for (const row of rows) {
      const text = JSON.stringify(row);
      for (const name of [row.nickname, row.name]) expect(name, text).to.match(/^\p{Lu}[\p{L} ]+$/u);
      expect(row.nickname, text).to.not.equal(row.name);
      expect(row.language, text).to.match(/^(en|es)$/);
      expect(row.year, text).to.match(/^20\d\d$/);
      expect(row.source, text).to.match(/^Common (English|Spanish) usage/);
      expect(seen.has(`${row.nickname}|${row.name}|${row.language}`), text).to.equal(false);
      seen.add(`${row.nickname}|${row.name}|${row.language}`);
    }
  });

  it('has the nicknames that every school office meets', async () => {
    const rows: NicknameRow[] = (await readTable(TABLE)).rows.map(({ nickname = '', name = '' }) => ({
      nickname,
      name,
    }));
    const nicknames = compileNicknames(rows);
    for (const [short, name] of [
      ['liz', 'elizabeth'],
      ['bob', 'robert'],
      ['bill', 'william'],
      ['kate', 'katherine'],
      ['peggy', 'margaret'],
      ['jack', 'john'],
      ['pepe', 'jose'],
      ['paco', 'francisco'],
      ['lupe', 'guadalupe'],
      ['chuy', 'jesus'],
      ['beto', 'humberto'],
      ['nacho', 'ignacio'],
    ])
      expect(nicknames.between(short ?? '', name ?? ''), short).to.be.a('string');
  });
});
