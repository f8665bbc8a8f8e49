import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { openInput } from '../../src/parse/open-input.ts';
import { recogniseEncoding, recogniseScanned } from '../../src/parse/recognise-encoding.ts';
import { openUtf8Scan } from '../../src/parse/scan-bytes.ts';
import { readSchema } from '../../src/parse/schema.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

/** In blocks of every size. */
function scanOf(bytes: Buffer, blockBytes: number) {
  const scan = openUtf8Scan();
  for (let at = 0; at < bytes.length; at += blockBytes) {
    const block = Buffer.from(bytes.subarray(at, at + blockBytes));
    scan.see(block);
    // Whoever fetches uses the block again.
    block.fill(0xff);
  }
  return scan.end();
}

describe('bytes that were looked at while the file was taken', () => {
  const newTempFolder = useTempFolders();

  const UTF8: Record<string, string | Buffer> = {
    'plain ASCII': 'id,name\n1,Ann\n',
    'with a mark': '\ufeffid,name\n1,Ann\n',
    'sequences of two, three and four bytes': 'id,name\n1,Zoë\n2,李\n3,𠜎𠜎\n',
    'NUL and separators': 'id,name\n1,A\u0000n\u001e\u001fn\n',
    'zero bytes of UTF-16 without a mark': Buffer.from('id,name\n1,Ann\n'.repeat(9), 'utf16le'),
  };
  for (const [what, text] of Object.entries(UTF8))
    it(`tell the same as the file itself: ${what}`, async () => {
      const path = join(await newTempFolder(), 'students.csv');
      const bytes = Buffer.from(text);
      writeFileSync(path, bytes);
      for (const wanted of ['auto', 'utf-8', 'windows-1252']) {
        const facts = await recogniseEncoding(path, 'students.csv', wanted);
        for (let blockBytes = 1; blockBytes <= bytes.length; blockBytes++) {
          const scan = scanOf(bytes, blockBytes) ?? expect.fail(`given up in blocks of ${blockBytes}`);
          expect(recogniseScanned(scan, 'students.csv', wanted)).to.deep.equal(facts);
        }
      }
    });

  const OTHERS: Record<string, Buffer> = {
    'windows-1252': Buffer.from('id,name\n1,Zo\xeb\n', 'latin1'),
    'a sequence that the end of the file cuts': Buffer.from('id,name\n1,Zoë').subarray(0, -1),
    'UTF-16 with a mark': Buffer.from('\ufeffid,name\n', 'utf16le'),
  };
  for (const [what, bytes] of Object.entries(OTHERS))
    it(`tell nothing where they are no UTF-8: ${what}`, () => {
      for (let blockBytes = 1; blockBytes <= bytes.length; blockBytes++)
        expect(scanOf(bytes, blockBytes)).to.equal(undefined);
    });

  it('are given up at once: an archive is fetched as fast as a text', () => {
    const bytes = Buffer.alloc(64 << 20, 0x8b);
    const began = performance.now();
    expect(scanOf(bytes, 1 << 20)).to.equal(undefined);
    expect(performance.now() - began).to.be.lessThan(1000);
  });

  it('are taken at their word when the file is opened, also for what is no text and for nothing at all', async () => {
    const path = join(await newTempFolder(), 'students.csv');
    const open = (bytes: string) =>
      openInput({
        ...{ path, file: 'students.csv', read: readSchema.parse({}), wanted: [] },
        scan: scanOf(Buffer.from(bytes), 100),
      }).then(
        ({ encoding }) => encoding,
        ({ code }) => code,
      );
    writeFileSync(path, 'id,name\n1,Ann\n');
    expect(await open('id,name\n1,Ann\n')).to.equal('utf-8');
    expect(await open('')).to.equal('empty_file');
    expect(await open('PK\u0003\u0004')).to.equal('unreadable_encoding');
  });
});
