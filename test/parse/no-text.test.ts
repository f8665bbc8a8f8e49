import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { recogniseEncoding } from '../../src/parse/recognise-encoding.ts';
import { faultOf } from '../doubles/fault-of.ts';

const FILES: readonly [what: string, bytes: number[]][] = [
  ['an Excel workbook or a zip', [0x50, 0x4b, 0x03, 0x04, 0x14, 0x00]],
  ['an old Excel workbook', [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]],
  ['a PDF', [0x25, 0x50, 0x44, 0x46, 0x2d, 0x31]],
  ['compressed with gzip', [0x1f, 0x8b, 0x08, 0x00]],
];

describe('a file that is no text', () => {
  for (const [what, bytes] of FILES)
    it(`is told by its first bytes: ${what}`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'rosterferry-no-text-'));
      const path = join(folder, 'students.csv');
      await writeFile(path, Buffer.concat([Buffer.from(bytes), Buffer.alloc(2000, 7)]));
      const fault = await faultOf(recogniseEncoding(path, 'students.csv', 'auto'));
      expect(fault.code).to.equal('unreadable_encoding');
      expect(fault.message).to.include(what);
      expect(fault.hint).to.equal('Have it exported as CSV.');
      await rm(folder, { recursive: true });
    });
});
