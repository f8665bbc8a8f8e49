import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { expect } from 'chai';
import { CASES } from './cases.ts';
import { runPreset } from './run-preset.ts';

const UPDATES = process.env.UPDATE_GOLDEN === '1';

describe('presets, each with an extract', () => {
  for (const one of CASES)
    it(`${one.preset} writes what is expected, and rejects no row`, async () => {
      const path = join(import.meta.dirname, 'expected', `${one.preset}.txt`);
      const { text, findings } = await runPreset(one);
      expect(findings).to.deep.equal([]);
      if (UPDATES) await mkdir(dirname(path), { recursive: true });
      if (UPDATES) await writeFile(path, text);
      expect(text).to.equal(await readFile(path, 'utf8'));
    });
});
