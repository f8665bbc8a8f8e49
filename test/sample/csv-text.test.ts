import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import iconv from 'iconv-lite';
import { canWrite, encodeText, joinFields } from '../../src/sample/csv-text.ts';
import { writeNight } from '../../src/sample/write-district.ts';

const OPTIONS = { seed: 5, students: 1500, night: 0, businessDate: '2026-11-22', mess: 'none' } as const;

describe('csv-text', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'rosterferry-sample-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('quotes only where it must', () => {
    expect(joinFields(['a', 'b c', 'd,e', 'f"g', 'h\ni', ''], ',')).to.equal('a,b c,"d,e","f""g","h\ni",');
    expect(joinFields(['d,e', 'f\tg'], '\t')).to.equal('d,e\t"f\tg"');
  });

  it('writes what it says it can write as other programs read it', () => {
    for (const encoding of ['utf-8', 'windows-1252', 'utf-16le'] as const)
      for (const text of ['O’Connor', 'Núñez "Šá"', 'Nguyễn'])
        if (canWrite(text, encoding))
          expect(iconv.decode(encodeText(text, encoding), encoding)).to.equal(text);
    expect(canWrite('Nguyễn', 'windows-1252')).to.equal(false);
  });

  for (const [encoding, delimiter, eol] of [
    ['windows-1252', '\t', '\r\n'],
    ['utf-16le', '|', '\n'],
    ['utf-8', ';', '\n'],
  ] as const) {
    it(`writes a district in ${encoding}`, async () => {
      const contents = await writeNight(folder, {
        ...OPTIONS,
        encoding,
        delimiter,
        eol,
        bom: encoding !== 'windows-1252',
      });
      const text = iconv.decode(readFileSync(join(folder, 'students.csv')), encoding);
      const rows: string[][] = parse(text, { delimiter, record_delimiter: eol });
      expect(rows.length).to.equal(contents.students.rows + 1);
      const surnames = new Set(rows.map((row) => row[2]));
      expect(surnames.has('O’Connor') && surnames.has('Núñez')).to.equal(true);
      expect(surnames.has('Nguyễn')).to.equal(encoding !== 'windows-1252');
      expect(text).to.not.include('\ufffd');
    });
  }
});
