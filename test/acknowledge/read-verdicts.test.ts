import { expect } from 'chai';
import fc from 'fast-check';
import { openResultBook } from '../../src/acknowledge/read-verdicts.ts';

const WORDS = { accepted: ['OK', 'Imported'] };

function readAll(rows: readonly [id: string, status: string, message?: string][], words: object = {}) {
  const book = openResultBook({ ...WORDS, ...words });
  for (const [at, [id, status, message = '']] of rows.entries())
    book.add({ row: at + 1, line: at + 2, id, status, message });
  return book.close((id) => !id.startsWith('x'));
}

describe('openResultBook', () => {
  it('takes capitals and blanks around words and ids for nothing', () => {
    const { students } = readAll([
      [' 007 ', 'ok '],
      ['8', 'IMPORTED'],
      ['9', 'no', ' why '],
    ]);
    expect([...students]).to.deep.equal([
      ['007', { verdict: 'accepted', status: 'ok', message: '' }],
      ['8', { verdict: 'accepted', status: 'IMPORTED', message: '' }],
      ['9', { verdict: 'refused', status: 'no', message: 'why' }],
    ]);
  });

  it('counts refused in one row as refused, with every reason once', () => {
    const { students, rows } = readAll([
      ['1', 'OK', 'fine'],
      ['1', 'ERR', 'no school'],
      ['1', 'ERR', 'no grade'],
      ['1', 'ERR', 'no school'],
    ]);
    expect(students.get('1')).to.deep.equal({
      verdict: 'refused',
      status: 'ERR',
      message: 'no school; no grade',
    });
    expect(rows).to.deep.equal({ read: 4, accepted: 1, refused: 3, unclear: 0 });
  });

  it('names words that are on neither list, where there are two', () => {
    const { unclear, students } = readAll(
      [
        ['1', 'pending'],
        ['2', 'Bad'],
        ['3', ''],
      ],
      { refused: ['bad'] },
    );
    expect(unclear.map(({ row, code }) => [row, code])).to.deep.equal([
      [1, 'unknown_status'],
      [3, 'blank_status'],
    ]);
    expect(students.get('2')?.verdict).to.equal('refused');
  });

  it('takes a blank for a yes only where it is listed', () => {
    expect(readAll([['1', '']], { accepted: [''] }).students.get('1')?.verdict).to.equal('accepted');
  });

  it('keeps texts out of the count of words', () => {
    const { statuses } = readAll([['1', `Ann Lee ${'was refused '.repeat(5)}`]]);
    expect(statuses).to.deep.equal({ '(texts)': 1 });
  });

  it('books every row once, whatever stands in it', () => {
    const cell = fc.constantFrom('', ' ', '1', '2', 'x9', 'OK', 'ERR', '__proto__');
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell)), (found) => {
        const { rows, unclear } = readAll(found, { refused: ['err'] });
        expect(rows.read).to.equal(found.length);
        expect(rows.accepted + rows.refused + rows.unclear).to.equal(found.length);
        expect(unclear).to.have.length(rows.unclear);
      }),
    );
  });
});
