import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { CheckedMapping } from '../../../src/config/load-mapping.ts';
import { FROM_PACKAGE, listPresetFiles } from '../../../src/config/preset-files.ts';
import { joinsIn } from '../../../src/mapping/schema.ts';
import { openChance } from '../../builders/chance.ts';
import { readPreset } from '../../presets/run-preset.ts';
import { expectSame } from './random/both-ways.ts';
import { judgeMapped } from './random/judge-text.ts';
import { sampleColumns } from './random/sample-columns.ts';
import { openColumn } from './random/values.ts';

const ROWS = process.env.NIGHTLY ? 5000 : 150;
/** They write the day of the run, the category of the student or a temporary id, which no row says by itself. */
const BEYOND_THE_ROW = /_delta$|^operoo\/(?:groups|pre_enrolled)/;
const FILES = await listPresetFiles([FROM_PACKAGE]);

describe('run/drafting/judge-bytes, under every preset', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bytes-presets-'));
  });
  after(() => rm(folder, { recursive: true }));

  it(`enters the same of ${ROWS} rows as the ordinary forms`, async function () {
    this.timeout(ROWS * FILES.length * 10);
    const without: string[] = [];
    for (const [seed, { name }] of FILES.entries()) {
      const mapping = await readPreset(name, '', folder);
      // Rows of several files, or several rows a student, are judged together.
      if (joinsIn(mapping).length > 0 || mapping.repeats) continue;
      const both = await judgeMapped(mapping, sampleOf(mapping, seed));
      expectSame(both, name);
      if (both.rows.asBytes === 0) without.push(name);
    }
    expect(without.filter((name) => !BEYOND_THE_ROW.test(name))).to.deep.equal([]);
  });
});

/** An extract with the columns that the mapping names; most values are such as it expects. */
function sampleOf(mapping: CheckedMapping, seed: number): string {
  const chance = openChance(seed);
  const { delimiter: written, quote, header } = mapping.read;
  const delimiter = written === 'auto' ? ',' : written;
  const sample = sampleColumns(mapping);
  const names = header === true ? [...sample.keys()] : header;
  const makers = names.map((name) => {
    const own = sample.get(name) ?? [];
    const any = openColumn(chance, own);
    return () => (own.length > 0 && !chance.once(50) ? chance.one(own) : any());
  });
  const mark = quote === 'none' ? '' : quote;
  const cell = (value: string) =>
    mark === ''
      ? value.replaceAll(/[\r\n]/g, '').replaceAll(delimiter, '')
      : mark + value.replaceAll(mark, mark + mark) + mark;
  const rows = Array.from({ length: ROWS }, () => makers.map((make) => cell(make())));
  return [...(header === true ? [names.map(cell)] : []), ...rows]
    .map((row) => `${row.join(delimiter)}\n`)
    .join('');
}
