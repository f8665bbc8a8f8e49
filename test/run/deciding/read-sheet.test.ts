/** The sheet on its way through spreadsheets: out as bytes, and back. */
import { chmod, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { AppError } from '../../../src/errors/app-error.ts';
import type { Questions } from '../../../src/review/compile-questions.ts';
import { type TakenReview, takeDecisions } from '../../../src/review/take-decisions.ts';
import { exportReview, renderReview } from '../../../src/run/deciding/export-review.ts';
import { readSheet } from '../../../src/run/deciding/read-sheet.ts';
import { ITEMS, item, questionsOf, RITA } from '../../builders/review.ts';
import { openTable, PROGRAMS, type SavedAs, saveTable } from '../../doubles/spreadsheet.ts';
import { useTempFolders } from '../../doubles/temp-folder.ts';

const newFolder = useTempFolders();
const LIBRE: SavedAs = { delimiter: ',', lineEnd: '\n', encoding: 'utf-8', mark: false, quotes: 'needed' };

async function takeBytes(bytes: Buffer, questions: Questions): Promise<TakenReview> {
  const path = join(await newFolder(), 'review.csv');
  await writeFile(path, bytes);
  return takeDecisions(await readSheet(path), questions, RITA);
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'none';
  } catch (error) {
    return error instanceof AppError ? error.code : String(error);
  }
}

const HOSTILE = item({
  id: '=cmd|1',
  values: ['=cmd|1', 'O\'Neil, "Jr."\r\nfolded', '2015-05-31', '+1 555 0100'],
  candidates: [{ id: '@S', score: 90, why: 'also called "José", twice' }],
});

describe('run/read-sheet', () => {
  for (const [program, as] of Object.entries(PROGRAMS)) {
    it(`takes exactly what was decided in ${program}`, async () => {
      const questions = questionsOf([...ITEMS, HOSTILE]);
      const table = openTable(Buffer.from(renderReview(questions)));
      const [header = []] = table;
      const at = (name: string) => header.indexOf(name);
      const untouched = await takeBytes(saveTable(table, as), questions);
      expect(untouched.taken).to.deep.equal([]);
      const edited = table.map((row) => {
        if (row[at('student_id')] === '0012') return row.with(at('decision'), ' Match:S-123 ');
        if (row[at('student_id')] === '0014') return row.with(at('last_name'), 'Núñez; "Ray", Jr.');
        return row[at('kind')] === 'match' ? row.with(at('decision'), 'new') : row;
      });
      const { taken } = await takeBytes(saveTable(edited, as), questions);
      expect(taken.map(({ id, choice, value }) => [id, choice, value])).to.deep.equal([
        ['0012', 'match:S-123', ''],
        ['0014', 'value', 'Núñez; "Ray", Jr.'],
        ['=cmd|1', 'new', ''],
      ]);
    });
  }

  it('takes nothing from the untouched file, whatever stands in it', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.string({ unit: fc.constantFrom(...'\'"=+-@;,\t\r\n 0aé\u0007\u2028\u200b\ufeff') }),
    );
    const hostile = fc.record({
      id: text.filter((id) => id !== ''),
      values: fc.tuple(text, text, text, text),
      existing: text,
      candidates: fc.array(fc.record({ id: text, score: fc.nat(100), why: text }), { maxLength: 2 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(hostile, { maxLength: 3 }), async (some) => {
        const questions = questionsOf(
          some.flatMap((one) => [item(one), item({ ...one, kind: 'difference', field: 'phone' })]),
        );
        const bytes = Buffer.from(renderReview(questions));
        expect((await takeBytes(bytes, questions)).taken).to.deep.equal([]);
        const again = saveTable(openTable(bytes), { ...LIBRE, quotes: 'all' });
        expect((await takeBytes(again, questions)).taken).to.deep.equal([]);
      }),
      { numRuns: 60 },
    );
  });

  it('does not take for corrections what a spreadsheet does by itself', async () => {
    const values = ['0012', 'Nguyễn', '2015-05-31', '0551'];
    const questions = questionsOf([item({ values, id: 'A-12' })]);
    const [header = [], row = []] = openTable(Buffer.from(renderReview(questions)));
    const shown = row.map((cell) => (cell === '2015-05-31' ? '31.05.2015' : cell.replace(/^0+(?=\d)/, '')));
    const saved = saveTable([header, shown], { ...LIBRE, encoding: 'windows-1252' });
    const { taken, notices } = await takeBytes(saved, questions);
    expect(taken).to.deep.equal([]);
    expect(notices.map(({ code }) => code)).to.deep.equal(Array(3).fill('rewritten_by_spreadsheet'));
  });

  it('names the line and the column of a wrong cell as the file has them', async () => {
    const questions = questionsOf([item({ values: ['1', 'folded\nname', '', ''] }), ...ITEMS.slice(2)]);
    const [header = [], ...rows] = openTable(Buffer.from(renderReview(questions)));
    const wrong = rows.map((row) =>
      row[3] === '0014' ? row.with(0, 'maybe').toReversed() : row.toReversed(),
    );
    const saved = saveTable([header.toReversed(), ...wrong], LIBRE);
    const error = await takeBytes(saved, questions).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(AppError);
    expect((error as AppError).place).to.include({ line: 5, column: header.length });
  });

  it('tells what is no sheet', async () => {
    const folder = await newFolder();
    const path = join(folder, 'review.xlsx');
    expect(await codeOf(readSheet(path))).to.equal('review_unreadable');
    for (const content of ['', 'PK\u0003\u0004', 'decision,key\n"new,x\n']) {
      await writeFile(path, content);
      expect(await codeOf(readSheet(path))).to.equal('review_unreadable');
    }
    expect(await codeOf(readSheet(folder))).to.equal('review_unreadable');
    await writeFile(path, 'name,phone\nLee,555\n');
    expect(await codeOf(takeBytes(await readFile(path), questionsOf()))).to.include('2 mistakes');
  });
});

describe('run/export-review', () => {
  it('writes what spreadsheets open right, for its owner alone, and overwrites nothing', async () => {
    const path = join(await newFolder(), 'review.csv');
    await exportReview(questionsOf(), path);
    const bytes = await readFile(path);
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    expect(bytes.toString().split('\r\n')).to.have.length(ITEMS.length + 2);
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    await chmod(path, 0o644);
    expect(await codeOf(exportReview(questionsOf([]), path))).to.equal('already_exists');
    expect(await readFile(path)).to.deep.equal(bytes);
    expect(await codeOf(exportReview(questionsOf(), join(path, 'x.csv')))).to.equal('local_io');
  });

  it('runs nothing in a spreadsheet', () => {
    const cells = openTable(Buffer.from(renderReview(questionsOf([HOSTILE])))).flat();
    expect(cells.filter((cell) => /^[\s]*[=+@-]/.test(cell))).to.deep.equal([]);
    expect(cells).to.include("'=cmd|1");
  });
});
