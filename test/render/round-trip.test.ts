import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openInput } from '../../src/parse/open-input.ts';
import { readSchema } from '../../src/parse/schema.ts';
import { compileRow } from '../../src/render/compile-row.ts';
import { openDraft } from '../../src/render/draft.ts';
import { compileFit } from '../../src/render/fit-values.ts';
import { compileOutboundText } from '../../src/render/outbound-text.ts';
import { compileReadRow } from '../../src/render/read-row.ts';
import type { WriteSettings } from '../../src/render/schema.ts';
import { write } from './a-write.ts';

const TARGETS = ['id', 'name', 'grade'];
const RUNS = process.env.NIGHTLY ? 3000 : 250;

const cell = fc
  .array(
    fc.constantFrom(
      'a',
      '07',
      'é',
      '李',
      '’',
      '😀',
      ' ',
      '"',
      "'",
      ',',
      '|',
      '\t',
      '\n',
      '\r',
      '\\',
      '\ufeff',
      'NULL',
      '=',
      '0',
    ),
    { maxLength: 4 },
  )
  .map((parts) => parts.join(''));
const rows = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 4 });

const place = fc.record({
  length: fc.integer({ min: 5, max: 12 }),
  align: fc.constantFrom('left', 'right'),
  pad: fc.constantFrom(' ', ' ', '0', '*'),
});
const delimited = fc.record({
  delimiter: fc.constantFrom(',', '\t', '|', ';', '^', ' '),
  quote: fc.constantFrom('as_needed', 'spaces', 'always', 'never'),
  quote_char: fc.constantFrom('double', 'single'),
  escape: fc.constantFrom('double', 'backslash'),
  null: fc.constantFrom('', '', 'NULL'),
});
const fixed = fc.tuple(place, place, place).map((places) => ({
  fixed_width: places.map((one, at) => ({ field: TARGETS[at], ...one })),
}));
const settings = fc
  .tuple(
    fc.oneof({ weight: 3, arbitrary: delimited }, { weight: 1, arbitrary: fixed }),
    fc.record({
      line_ending: fc.constantFrom('lf', 'crlf', 'cr'),
      final_line_ending: fc.boolean(),
      encoding: fc.constantFrom('utf-8', 'utf-8', 'utf-16le', 'windows-1252', 'iso-8859-1', 'ascii'),
      missing_characters: fc.constantFrom('reject', 'transliterate', 'replace'),
      header: fc.boolean(),
      formulas: fc.constantFrom('keep', 'escape', 'reject'),
    }),
    fc.boolean(),
  )
  .map(([dialect, file, mark]) =>
    write({ ...dialect, ...file, bom: mark && file.encoding.startsWith('utf') }),
  );

/** How a mapping would read what was written so. */
function readOf(written: WriteSettings) {
  const { encoding, fixed_width, header, null: blank } = written;
  const nulls = blank === '' ? [] : [blank];
  if (fixed_width)
    return readSchema.parse({
      encoding,
      fixed_width: fixed_width.map(({ field, start, length }) => [field, start, length]),
    });
  const { delimiter, quote, quote_char } = written;
  return readSchema.parse({
    ...{ encoding, delimiter, null: nulls, escape: written.escape },
    quote: quote === 'never' ? 'none' : quote_char,
    header: header === false ? TARGETS : true,
  });
}

describe('what is written', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'round-trip-'));
  });
  after(() => rm(folder, { recursive: true }));

  async function readBack(
    written: WriteSettings,
    records: readonly (readonly string[])[],
  ): Promise<string[][]> {
    const path = join(folder, 'file');
    const text = compileOutboundText(written, TARGETS);
    const draft = await openDraft(path, text.bytesToDrop);
    draft.append(text.head);
    for (const record of records) draft.append(text.row(record));
    await draft.finish();
    await draft.close();
    const input = await openInput({ path, file: 'file', read: readOf(written), wanted: [] });
    expect(input.header.columns).to.deep.equal(TARGETS);
    const found = (await Array.fromAsync(input.batches())).flat();
    expect(found.map(({ flaw }) => flaw)).to.deep.equal(found.map(() => undefined));
    return found.map(({ values }) => [...values]);
  }

  it('is read as it was fitted, by the room that reads files, in every dialect; what is refused says why', async function () {
    this.timeout(RUNS * 60);
    await fc.assert(
      fc.asyncProperty(settings, rows, async (written, some) => {
        const fitValues = compileFit(written, TARGETS);
        const records: (readonly string[])[] = [];
        for (const values of some) {
          const fitted = fitValues(values);
          if ('code' in fitted) expect(fitted.message.length).to.be.greaterThan(20);
          else records.push(fitted);
        }
        fc.pre(records.length > 0);
        // A file of fixed places is read with the spaces in front of a value.
        const bare = (found: readonly (readonly string[])[]) =>
          written.fixed_width ? found.map((values) => values.map((value) => value.trim())) : found;
        expect(bare(await readBack(written, records))).to.deep.equal(bare(records));
      }),
      { numRuns: RUNS },
    );
  });

  it('is read back line by line as it was drafted', () => {
    fc.assert(
      fc.property(settings, rows, (written, some) => {
        const fitValues = compileFit(written, TARGETS);
        const render = compileRow(written, TARGETS);
        const read = compileReadRow(written, TARGETS);
        for (const values of some) {
          const fitted = fitValues(values);
          if ('code' in fitted) continue;
          expect(read(render(fitted))).to.deep.equal(fitted);
          expect(fitValues(fitted)).to.equal(fitted);
        }
      }),
      { numRuns: RUNS * 4 },
    );
  });
});
