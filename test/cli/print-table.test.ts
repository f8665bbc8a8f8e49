import { PassThrough } from 'node:stream';
import { stripVTControlCharacters } from 'node:util';
import { expect } from 'chai';
import { printTable, type TableOptions } from '../../src/cli/print-table.ts';

type Rows = Parameters<typeof printTable>[2];

/** What is printed on a terminal of so many columns; into a file where none are given. */
function print(header: string[], rows: Rows, columns?: number, options?: TableOptions): string {
  const stdout = Object.assign(new PassThrough(), {
    isTTY: columns !== undefined,
    ...(columns && { columns }),
  });
  printTable({ stdout, stderr: stdout, quiet: false }, header, rows, options);
  // Colours are the terminal's affair; how it decides is tried in terminal.test.ts.
  return stripVTControlCharacters(String(stdout.read() ?? ''));
}

describe('cli/print-table', () => {
  const header = ['file', 'rows'];

  it('lines columns up, numbers to the right', () => {
    const rows = [
      ['students', 5],
      ['contacts', 1200],
    ];
    expect(print(header, rows)).to.equal('file      rows\nstudents     5\ncontacts  1200\n');
  });

  it('lines up what is wide, narrow or cannot be seen', () => {
    const rows = [['北区学校'], ['Zoe\u0301'], ['a\u001b[2J'], ['plain']].map(([name = '']) => [name, 'x']);
    expect(print(['n', 'x'], rows)).to.equal(
      'n             x\n北区学校      x\nZoe\u0301           x\na[U+001B][2J  x\nplain         x\n',
    );
  });

  it('makes blocks of rows that a terminal is too narrow for, and leaves out what is blank', () => {
    const rows = [
      ['a-long-id-of-a-run', 'held', ''],
      ['b', '', 'tomorrow'],
    ];
    expect(print(['run', 'state', 'next'], rows, 20)).to.equal(
      'a-long-id-of-a-run\n  state  held\n\nb\n  next   tomorrow\n',
    );
    expect(print(['run', 'state', 'next'], rows, 80)).to.match(/^run {17}state {2}next\n/);
    expect(print(['run', 'state', 'next'], rows)).to.match(/^run {17}state {2}next\n/);
  });

  it('asks for the colour of each cell as it stands, and not of the heading', () => {
    const asked: string[] = [];
    const colourOf = (cell: string, column: number) => {
      asked.push(`${column} ${cell}`);
      return undefined;
    };
    print(header, [['students', 5]], undefined, { colourOf });
    expect(asked).to.deep.equal(['0 students', '1 5']);
  });
});
