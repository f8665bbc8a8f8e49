import { expect } from 'chai';
import type { LineForm } from '../../src/bytewise/compile-line.ts';
import { fingerprintOf } from '../../src/bytewise/fingerprint.ts';
import { CARRIED_ACTIVE, CARRIED_OTHER, REFUSED } from '../../src/bytewise/structures.ts';
import { WHITE_SPACE } from '../builders/white-space.ts';
import { cellOf, ENTRY_BYTES, lineOf, lookAt, PLACES, questionsOf, rowsOf } from './a-line.ts';

const COPIED = (column: number) => cellOf((value) => value, { columns: [column], forms: [] });
const PLAIN: LineForm = { cells: [COPIED(1), COPIED(0)], delimiter: ',', lineEnd: '\r\n', isUtf8: true };

function written(form: LineForm, ...rows: readonly (readonly string[])[]): (string | undefined)[] {
  const seen = lookAt(lineOf(form, questionsOf(rows[0]?.length ?? 0)), rowsOf(rows));
  return seen.map((row) => row.written);
}

describe('bytewise/compile-line', () => {
  it('puts the delimiter between cells and the line end behind them', () => {
    expect(written(PLAIN, ['a', 'b', '1'], ['', '', '2'])).to.deep.equal(['b,a\r\n', ',\r\n']);
    expect(written({ ...PLAIN, delimiter: '§', lineEnd: '\n' }, ['é', 'b', '1'])).to.deep.equal(['b§é\n']);
  });

  it('writes no line where a cell is refused, and the next as if it had not been there', () => {
    const refused = cellOf((value) => (value === 'bad' ? undefined : value));
    const form = { ...PLAIN, cells: [COPIED(1), refused] };
    expect(written(form, ['a', 'b', '1'], ['bad', 'c', '2'], ['d', 'e', '3'])).to.deep.equal([
      'b,a\r\n',
      undefined,
      'e,d\r\n',
    ]);
  });

  it('sees a delimiter of several bytes within a value', () => {
    for (const delimiter of ['§', '–']) {
      const carry = (value: string) => (value.includes(delimiter) ? `"${value}"` : value);
      const cell = cellOf(carry, { forms: [] });
      const value = `a${delimiter}b`;
      expect(written({ ...PLAIN, delimiter, cells: [cell, cell] }, [value, '1'])).to.deep.equal([
        `"${value}"${delimiter}"${value}"\r\n`,
      ]);
    }
  });

  it('leaves rows alone that are to be skipped, or whose id only a text can tell', () => {
    const ids = ['1', '', ' ', '\u00a0', '2', '\u30003', ' 4 ', 'é', '5\u2003', '6', 'x'.repeat(201)];
    const rows = rowsOf(ids.map((id) => ['a', 'b', id]));
    const seen = lookAt(lineOf(PLAIN, questionsOf(3)), rows, (at) => at === 4);
    const carried = ids.filter((_, at) => seen[at]?.written !== undefined);
    expect(carried).to.deep.equal(['1', ' 4 ', 'é', '6']);
    for (const space of WHITE_SPACE.filter((one) => one.charCodeAt(0) > 0x7f)) {
      const [around] = lookAt(lineOf(PLAIN, questionsOf(3)), rowsOf([['a', 'b', `7${space}`]]));
      expect(around?.written, JSON.stringify(space)).to.equal(undefined);
    }
  });

  it('asks once for each combination what becomes of a row, and how its text begins', () => {
    const asked: string[] = [];
    const decide = {
      columns: [0, 1],
      ask([status = '', day = '']: readonly string[]) {
        asked.push(`${status} ${day}`);
        if (status === 'gone') return 7;
        if (status === 'broken') return REFUSED;
        return day === 'old' ? CARRIED_OTHER : CARRIED_ACTIVE;
      },
    };
    const openingOf = {
      columns: [1],
      ask([, day = '']: readonly string[], isActive: boolean) {
        asked.push(`opening of ${isActive} ${day}`);
        const piece = Buffer.from(`${day} `);
        return { text: piece, entry: Buffer.alloc(ENTRY_BYTES), tail: piece, longTail: piece };
      },
    };
    const line = lineOf(PLAIN, questionsOf(3, { decide, openingOf, alsoRead: [0, 1] }));
    const rows = [
      ['here', 'new', '1'],
      ['gone', 'new', '2'],
      ['here', 'old', '3'],
      ['broken', 'old', '4'],
      ['here', 'new', '5'],
      ['gone', 'new', '6'],
      ['broken', 'old', '7'],
      ['here', 'old', '8'],
    ];
    const seen = lookAt(line, rowsOf(rows));
    expect(seen.map(({ decision }) => decision)).to.deep.equal([1, 7, 2, -1, 1, 7, -1, 2]);
    const printOf = (entry: Buffer) => entry.subarray(PLACES.mapped, PLACES.mapped + 8).toString('latin1');
    expect(seen.map(({ entry }) => printOf(entry))).to.deep.equal([
      ...['new new,here\r\n', '', 'old old,here\r\n', '', 'new new,here\r\n', '', '', 'old old,here\r\n'].map(
        (text) => text && fingerprintOf(text),
      ),
    ]);
    expect(asked).to.have.members([
      ...['here new', 'gone new', 'here old', 'broken old', 'opening of true new', 'opening of false old'],
    ]);
  });

  it('asks about every row where there are too many columns to combine, or values are not remembered', () => {
    const rows = Array.from({ length: 60 }, (_, at) =>
      [...'abcde'].map((letter) => letter + (at % 3)).concat(`${at}`),
    );
    const askedOf = (columns: readonly number[], alsoRead: readonly number[]) => {
      const seen: string[] = [];
      const ask = (texts: readonly string[]) => {
        seen.push(columns.map((column) => texts[column]).join(' '));
        return CARRIED_ACTIVE;
      };
      lookAt(lineOf(PLAIN, questionsOf(6, { decide: { columns, ask }, alsoRead })), rowsOf(rows));
      return seen;
    };
    expect(askedOf([0, 1, 2], [0, 1, 2])).to.deep.equal(['a0 b0 c0', 'a1 b1 c1', 'a2 b2 c2']);
    expect(askedOf([3, 2, 1, 0], [0, 1, 2, 3])).to.deep.equal(['d0 c0 b0 a0', 'd1 c1 b1 a1', 'd2 c2 b2 a2']);
    const each = rows.map(([a, b, c, d, e]) => `${a} ${b} ${c} ${d} ${e}`);
    expect(askedOf([0, 1, 2, 3, 4], [0, 1, 2, 3, 4])).to.deep.equal(each);
    expect(askedOf([0, 1], [0])).to.deep.equal(rows.map(([a, b]) => `${a} ${b}`));
  });

  it('enters rows with their numbers, their keys and their texts', () => {
    const line = lineOf(PLAIN, questionsOf(3));
    const [first, long] = lookAt(
      line,
      rowsOf(
        [
          ['a', 'b', ' 17 '],
          ['c', 'd', 'a-very-long-id-123'],
        ],
        40,
      ),
    );
    const numbers = (entry: Buffer | undefined) =>
      entry && [
        entry.readUInt32LE(PLACES.row),
        entry.readUInt32LE(PLACES.line),
        entry.readUInt16LE(PLACES.textBytes),
        entry.readDoubleLE(PLACES.outbound),
        entry.readUInt32LE(PLACES.outboundBytes),
      ];
    expect(numbers(first?.entry)).to.deep.equal([40, 2, 7, 0, 5]);
    expect(numbers(long?.entry)).to.deep.equal([41, 3, 23, 5, 5]);
    const keyOf = (entry: Buffer | undefined, at: number) => entry?.subarray(at, at + 16).toString('latin1');
    for (const place of [PLACES.key, PLACES.student]) {
      expect(keyOf(first?.entry, place)).to.equal(`\u0002${'17'.padEnd(15, '\0')}`);
      expect(keyOf(long?.entry, place)).to.equal('#18'.padEnd(16));
    }
    expect(first?.entry.toString('utf8', ENTRY_BYTES)).to.equal('17|tail');
    expect(long?.entry.toString('utf8', ENTRY_BYTES)).to.equal('a-very-long-id-123|tail');
    const pieceOf = (at: number) => first?.entry.subarray(at, at + 8).toString('latin1');
    expect(pieceOf(PLACES.mapped)).to.equal(fingerprintOf('opening b,a\r\n'));
    expect(pieceOf(PLACES.content)).to.equal(fingerprintOf('ab 17 '));
  });

  it('enters an id that the student had before, and leaves the key of the row to others', () => {
    const entry = { idColumn: 2, previousIdColumn: 0, keyIsId: false, places: PLACES };
    const line = lineOf(PLAIN, questionsOf(3, { entry }));
    const seen = lookAt(
      line,
      rowsOf([
        [' 9 ', 'b', '1'],
        ['', 'b', '2'],
        ['\u00a09', 'b', '3'],
      ]),
    );
    expect(seen.map(({ entry: bytes }) => bytes.toString('utf8', ENTRY_BYTES))).to.deep.equal([
      '1|tail|9',
      '2|tail',
      '',
    ]);
    expect(seen[0]?.entry.subarray(PLACES.key, PLACES.key + 16)).to.deep.equal(Buffer.alloc(16, 0xee));
  });

  it('looks at as many rows as there is room for, and at the others later', () => {
    const long = 'x'.repeat(60_000);
    const rows = Array.from({ length: 40 }, (_, at) => [`${long}${at}`, 'b', `${at}`]);
    const seen = lookAt(lineOf(PLAIN, questionsOf(3)), rowsOf(rows));
    expect(seen.map((row) => row.written)).to.deep.equal(rows.map(([one, other]) => `${other},${one}\r\n`));
    const grown = cellOf((value) => `${value}${long}${long}`);
    const made = lookAt(
      lineOf({ ...PLAIN, cells: [grown, grown] }, questionsOf(3)),
      rowsOf(rows.slice(0, 9)),
    );
    expect(made.map((row) => row.written?.length)).to.deep.equal(
      Array(9)
        .fill(2 * (3 * 60_000 + 1) + 3)
        .map((n) => (n > 1 << 18 ? undefined : n)),
    );
  });

  it('leaves a row to the ordinary forms that is longer than there is room for', () => {
    const rows = [
      ['a', 'b', '1'],
      ['x'.repeat(1 << 19), 'b', '2'],
      ['c', 'd', '3'],
    ];
    expect(written(PLAIN, ...rows)).to.deep.equal(['b,a\r\n', undefined, 'd,c\r\n']);
  });

  it('has no form for a file of very many columns', () => {
    expect(() => lineOf(PLAIN, questionsOf(1025))).to.throw('no memory');
  });
});
