import { join } from 'node:path';
import { expect } from 'chai';
import fc from 'fast-check';
import { openAppendFile } from '../../src/files/append-file.ts';
import { readInOrder } from '../../src/files/read-in-order.ts';
import { useTempFolders } from '../doubles/temp-folder.ts';

describe('pieces that are read in their order', () => {
  const tempFolder = useTempFolders();

  it('are what was written, whatever lies between them, and few reads give many', async () => {
    const path = join(await tempFolder(), 'lines');
    const piece = fc.record({
      gap: fc.oneof(fc.constant(0), fc.nat({ max: 400_000 })),
      length: fc.oneof(fc.nat({ max: 500 }), fc.constant(300_000)),
    });
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        const file = openAppendFile(path);
        let reads = 0;
        const read = readInOrder({
          sizeBytes: file.sizeBytes,
          read(span, into) {
            reads++;
            return file.read(span, into);
          },
        });
        const written = pieces.map(({ gap, length }, at) => {
          file.append(Buffer.alloc(gap, 0));
          const bytes = Buffer.alloc(length, at + 1);
          return { bytes, span: file.append(bytes) };
        });
        for (const { bytes, span } of written) expect(read(span).equals(bytes)).to.equal(true);
        const isApart = ({ gap, length }: { gap: number; length: number }) => gap > 0 || length > 500;
        expect(reads).to.be.at.most(1 + 2 * pieces.filter(isApart).length);
        file.close();
      }),
      { numRuns: 50 },
    );
  });
});
